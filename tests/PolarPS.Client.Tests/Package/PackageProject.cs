using System.Runtime.InteropServices;
using Xunit;

namespace PolarPS.Client.Tests.Package;

/// <summary>
/// A program outside the repository that uses the packages as they are published: packed from the sources, restored from a
/// folder, built for each version of .NET that can be had. Made once for all tests.
/// </summary>
public sealed class PackageProject : IAsyncLifetime
{
    private const string Version = "99.0.0-test";

    // The version of Microsoft.Extensions.Http that a program for this .NET brings along; null for the least that is needed.
    private static readonly Dictionary<int, string?> Factories = new()
    {
        [8] = null,
        [9] = "9.0.10",
        [10] = "10.0.0",
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("polarps-package-").FullName;

    /// <summary>Where NuGet keeps what it has downloaded.</summary>
    public static string Packages { get; } =
        Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } named
            ? named
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private string Program => Path.Combine(_folder, "program");

    public async Task InitializeAsync()
    {
        foreach (var name in new[] { "PolarPS.Client", "PolarPS.Client.Http" })
        {
            await DotnetCommand.BuildAsync(
                Repository.Root,
                "pack",
                Path.Combine("src", name),
                "-c",
                "Release",
                "-o",
                Path.Combine(_folder, "feed"),
                "-p:Version=" + Version,
                "-p:RunAnalyzers=false",
                "--artifacts-path",
                Path.Combine(_folder, "artifacts")
            );
        }

        Directory.CreateDirectory(Program);
        // A folder of its own for what is packed here; everything else comes from where it was downloaded to before.
        await File.WriteAllTextAsync(
            Path.Combine(Program, "nuget.config"),
            $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="{Path.Combine(_folder, "packages")}" /></config>
              <fallbackPackageFolders><add key="downloaded" value="{Packages}" /></fallbackPackageFolders>
              <packageSources><add key="here" value="{Path.Combine(_folder, "feed")}" /></packageSources>
            </configuration>
            """
        );
        var majors = Factories.Keys.Where(static major => RuntimeFactAttribute.ReasonAgainst(major) is null).ToList();
        var own = string.Concat(majors.Select(ItemsOf));
        await File.WriteAllTextAsync(
            Path.Combine(Program, "Program.csproj"),
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFrameworks>net472;{string.Join(
                ';',
                majors.Select(static major => $"net{major}.0")
            )}</TargetFrameworks>
                <LangVersion>latest</LangVersion>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <!-- A registry may lack a version that a library names, and give the next one. -->
                <WarningsNotAsErrors>NU1603</WarningsNotAsErrors>
                <NuGetAudit>false</NuGetAudit>
                <SatelliteResourceLanguages>en</SatelliteResourceLanguages>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="PolarPS.Client.Http" Version="{Version}" />
              </ItemGroup>
              <!-- It is only compiled for .NET Framework, which runs on Windows. -->
              <ItemGroup Condition="'$(TargetFramework)' == 'net472'">
                <PackageReference Include="Microsoft.NETFramework.ReferenceAssemblies" Version="1.0.3" PrivateAssets="all" />
                <Reference Include="System.Net.Http" />
              </ItemGroup>
            {own}
            </Project>
            """
        );
        File.Copy(
            Repository.PathOf("tests", "PolarPS.Client.Tests", "Package", "Program.txt"),
            Path.Combine(Program, "Program.cs")
        );
        await DotnetCommand.BuildAsync(Program, "build", "-c", "Release");
    }

    public Task DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>Whether it was built for .NET Framework.</summary>
    internal bool IsBuiltForNetFramework =>
        File.Exists(Path.Combine(Program, "bin", "Release", "net472", "Program.exe"));

    /// <summary>Runs the program on a version of .NET.</summary>
    /// <returns>The lines that it printed.</returns>
    internal async Task<string[]> RunAsync(int major, params string[] arguments)
    {
        var built = Path.Combine(Program, "bin", "Release", $"net{major}.0");
        var text = RuntimeFactAttribute.IsInstalled(major)
            ? await DotnetCommand.RunAsync(
                _folder,
                "dotnet",
                ["exec", Path.Combine(built, "Program.dll"), .. arguments]
            )
            : await DotnetCommand.RunAsync(
                _folder,
                Path.Combine(
                    built,
                    RuntimeInformation.RuntimeIdentifier,
                    OperatingSystem.IsWindows() ? "Program.exe" : "Program"
                ),
                arguments
            );
        return text.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static string ItemsOf(int major)
    {
        var condition = $"Condition=\"'$(TargetFramework)' == 'net{major}.0'\"";
        var factory = Factories[major] is { } version
            ? $"<ItemGroup {condition}><PackageReference Include=\"Microsoft.Extensions.Http\" Version=\"{version}\" /></ItemGroup>\n"
            : "";
        var runtime = RuntimeFactAttribute.IsInstalled(major)
            ? ""
            : $"<PropertyGroup {condition}><RuntimeIdentifier>{RuntimeInformation.RuntimeIdentifier}</RuntimeIdentifier><SelfContained>true</SelfContained></PropertyGroup>\n";
        return factory + runtime;
    }
}
