using System.Text;
using Xunit;

namespace PolarPS.Client.Tests.Files;

public class CsvFormulasTests
{
    [Theory]
    [InlineData("a,b\r\n1,2\r\n", "a,b\r\n1,2\r\n")]
    [InlineData("=1+1,b", "'=1+1,b")]
    [InlineData("a,@SUM(A1)\n-cmd|' /C calc'!A0,+x", "a,'@SUM(A1)\n'-cmd|' /C calc'!A0,'+x")]
    [InlineData("\"=1,2\",\"x\"\"=y\"", "\"'=1,2\",\"x\"\"=y\"")]
    [InlineData("-19.99,+5,-1.234,50,-,+", "-19.99,+5,-1.234,50,'-,'+")]
    [InlineData("\"-1.234,50\",\"-19.99\"", "\"-1.234,50\",\"-19.99\"")]
    [InlineData("-2026-01-01,-1e5,-5 EUR", "'-2026-01-01,'-1e5,'-5 EUR")]
    [InlineData("  =1, \t@x,\u00A0=1", "  '=1, \t'@x,\u00A0'=1")]
    [InlineData("\uFF1D1,\uFF0B1,\uFF0D1,\uFF20x", "'\uFF1D1,'\uFF0B1,'\uFF0D1,'\uFF20x")]
    [InlineData("\uFEFF=1,Email", "\uFEFF'=1,Email")]
    [InlineData("a;=1,b\t=2", "a;'=1,b\t'=2")]
    [InlineData("\"two\nlines\n=1\",=2", "\"two\nlines\n=1\",'=2")]
    [InlineData("", "")]
    [InlineData("=", "'=")]
    [InlineData("\"=\"", "\"'=\"")]
    [InlineData("a=b,a+b,a-b,a@b", "a=b,a+b,a-b,a@b")]
    public async Task CellsThatWouldRunGetAnApostrophe(string csv, string expected)
    {
        foreach (var step in new[] { 1, 2, 3, 7, 4096 })
        {
            using var guard = CsvFormulas.Escape(new SlowStream(Encoding.UTF8.GetBytes(csv), step));
            using var result = new MemoryStream();
            await guard.CopyToAsync(result);
            Assert.Equal(expected, Encoding.UTF8.GetString(result.ToArray()));
        }
    }

    [Fact]
    public void LongCellsAreNotHeld()
    {
        var csv = "=" + new string('x', 1_000_000) + ",-" + new string('9', 1000);
        using var guard = CsvFormulas.Escape(new MemoryStream(Encoding.UTF8.GetBytes(csv)));
        using var reader = new StreamReader(guard);
        Assert.Equal("'" + csv.Replace(",-", ",'-", StringComparison.Ordinal), reader.ReadToEnd());
    }

    private sealed class SlowStream(byte[] bytes, int step) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) =>
            base.Read(buffer, offset, Math.Min(step, count));

        public override Task<int> ReadAsync(
            byte[] buffer,
            int offset,
            int count,
            System.Threading.CancellationToken cancellationToken
        ) => Task.FromResult(Read(buffer, offset, count));

        public override ValueTask<int> ReadAsync(
            Memory<byte> buffer,
            System.Threading.CancellationToken cancellationToken = default
        ) => new(base.Read(buffer.Span[..Math.Min(step, buffer.Length)]));
    }
}
