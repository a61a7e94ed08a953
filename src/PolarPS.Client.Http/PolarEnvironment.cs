namespace PolarPS.Client;

/// <summary>Which of Polar's environments is meant. Each has tokens and data of its own.</summary>
public enum PolarEnvironment
{
    /// <summary>https://api.polar.sh: real money.</summary>
    Production,

    /// <summary>https://sandbox-api.polar.sh: for trying things out.</summary>
    Sandbox,
}
