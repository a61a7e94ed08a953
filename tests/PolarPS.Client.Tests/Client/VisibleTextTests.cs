using System.Text;
using PolarPS.Client.Models;
using Xunit;

namespace PolarPS.Client.Tests.Client;

/// <summary>What strangers wrote is safe to look at, and what people write in any language is left alone.</summary>
public sealed class VisibleTextTests
{
    [Theory]
    [InlineData("a\u001b[31mb", "a\u241b[31mb")]
    [InlineData("a\r\nb\tc\0d", "a\u240d\u240ab\u2409c\u2400d")]
    [InlineData("\u007f", "\u2421")]
    [InlineData("a\u0085\u009bb", "a<U+0085><U+009B>b")]
    [InlineData("a\u2028\u2029b", "a<U+2028><U+2029>b")]
    [InlineData("\u202egpj.exe", "<U+202E>gpj.exe")]
    [InlineData(
        "\u2066\u2067\u2068\u2069\u200e\u200f\u061c",
        "<U+2066><U+2067><U+2068><U+2069><U+200E><U+200F><U+061C>"
    )]
    [InlineData("a\u200bb\u2060c\ufeffd\u00ade", "a<U+200B>b<U+2060>c<U+FEFF>d<U+00AD>e")]
    [InlineData("a\u200db\u200cc", "a<U+200D>b<U+200C>c")]
    [InlineData("\U000E0041\U000E0001x", "<U+E0041><U+E0001>x")]
    [InlineData("\u3164\uffa0\u115f", "<U+3164><U+FFA0><U+115F>")]
    [InlineData("\ufff9\ufffb\uffff", "<U+FFF9><U+FFFB><U+FFFF>")]
    [InlineData("a\ufe0f\ufe0f", "a\ufe0f<U+FE0F>")]
    public void HiddenCharactersAreVisible(string text, string expected)
    {
        Assert.Equal(expected, VisibleText.Of(text));
        Assert.False(VisibleText.IsPlain(text));
        Assert.Equal(expected, VisibleText.Of(expected));
    }

    [Theory]
    [InlineData("Ada Lovelace <ada@example.com>")]
    [InlineData("Łódź Žižek İstanbul ñandú")]
    [InlineData("مرحبا بالعالم")]
    [InlineData("می\u200cخواهم")]
    [InlineData("שלום עולם")]
    [InlineData("क्\u200dष श्री")]
    [InlineData("සිංහල ශ්\u200dරී")]
    [InlineData("日本語 葛\U000E0100城 中文 한국어")]
    [InlineData("👩\u200d💻 👨\u200d👩\u200d👧\u200d👦 🏳️\u200d🌈 🧑🏽\u200d🚀 ❤️\u200d🔥 👋🏿 ☎️ 1️⃣")]
    [InlineData("🏴\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F England")]
    [InlineData("e\u0301 Zo\u00eb 𝒳 ᠮᠣᠩᠭᠣᠯ\u180b")]
    [InlineData("non\u00a0breaking “typographic” ‘quotes’ … — €")]
    [InlineData("")]
    public void OrdinaryTextStays(string text) => Assert.Same(text, VisibleText.Of(text));

    [Fact]
    public void HalvesOfCharactersAreVisible() => Assert.Equal("a<U+D800>b<U+DC00>", VisibleText.Of("a\ud800b\udc00"));

    [Fact]
    public void NullIsEmpty() => Assert.Equal(string.Empty, VisibleText.Of(null));

    [Fact]
    public void NoControlOrFormatCharacterIsLeftOfAnyText()
    {
        var random = new Random(20261129);
        for (var round = 0; round < 20000; round++)
        {
            var text = new StringBuilder();
            for (var i = random.Next(12); i >= 0; i--)
            {
                text.Append(
                    random.Next(4) switch
                    {
                        0 => (char)random.Next(0x20, 0x7F),
                        1 => (char)random.Next(0, 0xA0),
                        2 => (char)random.Next(0x2000, 0x2070),
                        _ => (char)random.Next(0, 0x10000),
                    }
                );
            }

            var shown = VisibleText.Of(text.ToString());
            Assert.Equal(shown, VisibleText.Of(shown));
            foreach (var letter in shown)
            {
                Assert.False(char.IsControl(letter), $"U+{(int)letter:X4}");
                Assert.False(
                    letter is '\u2028' or '\u2029' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069')
                );
            }

            // Every other format character of Unicode, apart from those that are seen and those that join.
            for (var i = 0; i < shown.Length; i++)
            {
                if (CharUnicodeInfo.GetUnicodeCategory(shown, i) == UnicodeCategory.Format)
                {
                    Assert.Contains(
                        shown[i],
                        "\u200c\u200d\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\ud804"
                    );
                }

                i += char.IsHighSurrogate(shown[i]) ? 1 : 0;
            }
        }
    }

    [Fact]
    public void LinesStayLinesThatCannotPassForOthers()
    {
        Assert.Equal(
            "GET /v1\n  a: \u241b[2J\n\n  DEBUG: fine",
            VisibleText.Lines("GET /v1\r\na: \u001b[2J\n\nDEBUG: fine")
        );
        Assert.Equal("a\u240db", VisibleText.Lines("a\rb"));
    }

    [Fact]
    public void TheTextFormOfEveryKindIsVisibleAndItsDataIsUnchanged()
    {
        const string Hostile = "x\u001b]0;y\u0007\r\n\u202ez";
        var kinds = typeof(PolarObject)
            .Assembly.GetExportedTypes()
            .Where(type =>
                (typeof(PolarObject).IsAssignableFrom(type) || typeof(RequestBody).IsAssignableFrom(type))
                && !type.IsAbstract
                && type.GetConstructor(Type.EmptyTypes) is not null
            )
            .ToList();
        Assert.True(kinds.Count > 90, "The kinds were not found.");
        var told = 0;
        foreach (var kind in kinds)
        {
            var item = Activator.CreateInstance(kind)!;
            foreach (
                var property in kind.GetProperties()
                    .Where(property => property.PropertyType == typeof(string) && property.CanWrite)
            )
            {
                property.SetValue(item, Hostile);
                Assert.Equal(Hostile, property.GetValue(item));
            }

            // Bodies that have no text of their own give the name of their class.
            var text = item.ToString()!;
            Assert.True(VisibleText.IsPlain(text), $"{kind.Name}: {text}");
            told += text.Contains('\u241b') ? 1 : 0;
        }

        Assert.True(told > 40, $"Only {told} kinds show a text at all.");
    }

    [Fact]
    public void MessagesOfExceptionsAreVisible()
    {
        var call = new FailedCall("GET", "/v1/products/", 400, "Bad", "x\u001b[31m\ny");
        var exception = new PolarException("Polar says: x\u001b[31m\ny", call);
        Assert.Equal("Polar says: x\u241b[31m\u240ay", exception.Message);
        Assert.Equal("x\u001b[31m\ny", exception.Detail);
    }
}
