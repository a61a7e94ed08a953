namespace PolarPS.Emulator.Host;

/// <summary>What the command line says.</summary>
internal sealed class HostOptions
{
    public int Port { get; private set; }

    public bool WaitForInput { get; private set; }

    public EmulatorOptions Emulator { get; } = new();

    public List<FaultRule> Faults { get; } = [];

    public static HostOptions Parse(string[] args)
    {
        var options = new HostOptions();
        for (var i = 0; i < args.Length; i++)
        {
            var name = args[i];
            string Value() =>
                ++i < args.Length ? args[i] : throw new ArgumentException($"{name} needs a value.", nameof(args));
            int Number() => int.Parse(Value(), CultureInfo.InvariantCulture);

            switch (name)
            {
                case "--port":
                    options.Port = Number();
                    break;
                case "--seed":
                    options.Emulator.Seed = Number();
                    break;
                case "--products":
                    options.Emulator.ProductCount = Number();
                    break;
                case "--empty":
                    options.Emulator.Empty = true;
                    break;
                case "--sandbox":
                    options.Emulator.Sandbox = true;
                    break;
                case "--rate-limit":
                    options.Emulator.RateLimitPerMinute = Number();
                    break;
                case "--polar-rate-limit":
                    options.Emulator.RateZones = true;
                    break;
                case "--latency":
                    options.Emulator.Latency = TimeSpan.FromMilliseconds(Number());
                    break;
                case "--fault":
                    options.Faults.AddRange(FaultRule.Parse(Value()));
                    break;
                case "--faults":
                    options.Faults.AddRange(FaultRule.Parse(File.ReadAllText(Value())));
                    break;
                case "--wait-stdin":
                    options.WaitForInput = true;
                    break;
                default:
                    throw new ArgumentException($"Unknown argument: {name}", nameof(args));
            }
        }

        return options;
    }
}
