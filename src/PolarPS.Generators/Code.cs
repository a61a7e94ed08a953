using System.Text;

namespace PolarPS.Generators;

/// <summary>Lines of code, indented by their braces.</summary>
internal sealed class Code
{
    private readonly StringBuilder _text = new();
    private int _depth;

    public Code Line(string line = "")
    {
        _text.Append(' ', line.Length == 0 ? 0 : _depth * 4).Append(line).Append('\n');
        return this;
    }

    public Code Open(string line)
    {
        Line(line).Line("{");
        _depth++;
        return this;
    }

    public Code Close()
    {
        _depth--;
        return Line("}");
    }

    public Code Indent(int levels)
    {
        _depth += levels;
        return this;
    }

    public override string ToString() => _text.ToString();
}
