namespace PolarPS.Emulator;

/// <summary>The currencies that prices can be in, and the smallest and largest price in each, in minor units.</summary>
internal static class Currencies
{
    private const long UsualMinimum = 50;
    private const long UsualMaximum = 99_999_999;

    private static readonly HashSet<string> WithoutMinorUnit = new(
        Split("bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf"),
        StringComparer.Ordinal
    );

    // In whole units, as they are published; kept in minor units.
    private static readonly Dictionary<string, long> Minimums = Table(
        "aed 2 all 50 amd 200 aoa 500 ars 750 aud 0.7 awg 1 azn 1 bam 1 bbd 2 bdt 70 bif 2000 bmd 1 bnd 1 bob 5 brl 2.5 bsd 1 "
            + "bwp 10 bzd 2 cad 0.7 cdf 2000 chf 0.5 clp 500 cny 5 cop 2000 crc 300 cve 50 czk 15 djf 100 dkk 3.2 dop 40 dzd 70 "
            + "egp 30 etb 80 eur 0.5 fjd 2 fkp 1 gbp 0.4 gel 2 gnf 5000 gip 1 gmd 40 gtq 5 gyd 200 hkd 4 hnl 20 htg 70 huf 175 "
            + "idr 9000 ils 1.5 inr 60 isk 70 jmd 80 jpy 80 kes 70 kgs 50 khr 3000 kmf 500 krw 800 kyd 1 kzt 300 lak 20000 "
            + "lkr 200 lrd 100 lsl 10 mad 5 mdl 10 mga 3000 mkd 50 mnt 2000 mop 5 mur 50 mvr 8 mxn 9 mwk 1000 myr 2 mzn 50 "
            + "nad 10 ngn 700 nio 20 nok 5 npr 80 nzd 0.9 pab 1 pen 2 pgk 3 php 35 pkr 200 pln 2 pyg 4000 qar 2 ron 2.5 rsd 60 "
            + "rwf 1000 sar 2 sbd 4 scr 8 sek 5 sgd 0.7 shp 1 sos 500 srd 20 szl 10 thb 20 tjs 5 top 2 try 30 ttd 4 twd 20 "
            + "tzs 2000 uah 30 ugx 2000 usd 0.5 uyu 20 uzs 7000 vnd 20000 vuv 100 wst 2 xaf 500 xcd 2 xcg 1 xof 500 xpf 100 "
            + "yer 200 zar 9 zmw 10"
    );

    private static readonly Dictionary<string, long> Maximums = Table(
        "ars 1400000 cdf 2800000 cop 4000000 idr 16000000 khr 4000000 lak 21000000 mnt 3500000 mwk 1750000 ngn 1550000 "
            + "tzs 2500000 ugx 3700000 uzs 12500000"
    );

    public static IReadOnlyList<string> Codes { get; } =
        Minimums.Keys.OrderBy(code => code, StringComparer.Ordinal).ToArray();

    public static long Minimum(string currency) =>
        Minimums.TryGetValue(currency, out var amount) ? amount : UsualMinimum;

    public static long Maximum(string currency) =>
        Maximums.TryGetValue(currency, out var amount) ? amount : UsualMaximum;

    private static long ToMinor(string currency, decimal amount) =>
        (long)(WithoutMinorUnit.Contains(currency) ? amount : amount * 100);

    private static Dictionary<string, long> Table(string text)
    {
        var words = Split(text);
        var table = new Dictionary<string, long>(StringComparer.Ordinal);
        for (var i = 0; i < words.Length; i += 2)
        {
            table.Add(words[i], ToMinor(words[i], decimal.Parse(words[i + 1], CultureInfo.InvariantCulture)));
        }

        return table;
    }

    private static string[] Split(string text) => text.Split(' ');
}
