using System.Collections.Concurrent;
using System.ComponentModel;
using System.Runtime.InteropServices;
using Xunit;

namespace PolarPS.Client.Tests.Package;

/// <summary>A test on one version of .NET, skipped with the reason where neither this computer nor the registry has it.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RuntimeFactAttribute : FactAttribute
{
    private static readonly ConcurrentDictionary<int, Lazy<string?>> Reasons = new();

    public RuntimeFactAttribute(int major) => Skip = ReasonAgainst(major)!;

    /// <summary>Why a program for that version cannot run here; null if it can.</summary>
    public static string? ReasonAgainst(int major) =>
        Reasons.GetOrAdd(major, static asked => new Lazy<string?>(() => Find(asked))).Value;

    /// <summary>Whether it runs on what the tests run on, or has to bring its runtime along.</summary>
    public static bool IsInstalled(int major) => Environment.Version.Major == major;

    private static string? Find(int major)
    {
        if (IsInstalled(major) || HasPack(major))
        {
            return null;
        }

        // Only when it is there is it certain: a registry may know a package and yet not give it.
        var folder = Directory.CreateTempSubdirectory("polarps-runtime-").FullName;
        try
        {
            File.WriteAllText(
                Path.Combine(folder, "Runtime.csproj"),
                $"""
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup>
                    <OutputType>Exe</OutputType>
                    <TargetFramework>net{major}.0</TargetFramework>
                    <RuntimeIdentifier>{RuntimeInformation.RuntimeIdentifier}</RuntimeIdentifier>
                    <SelfContained>true</SelfContained>
                  </PropertyGroup>
                </Project>
                """
            );
            DotnetCommand.BuildAsync(folder, "restore").GetAwaiter().GetResult();
            return null;
        }
        catch (Exception exception) when (exception is InvalidOperationException or TimeoutException or Win32Exception)
        {
            return $".NET {major} is not to be had: {exception.Message.Trim().ReplaceLineEndings(" ")}";
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static bool HasPack(int major)
    {
        var name = "microsoft.netcore.app.runtime." + RuntimeInformation.RuntimeIdentifier;
        var packs = Path.Combine(PackageProject.Packages, name);
        var beginning = major.ToString(CultureInfo.InvariantCulture) + ".";
        return Directory.Exists(packs)
            && Directory
                .GetDirectories(packs)
                .Any(found => Path.GetFileName(found).StartsWith(beginning, StringComparison.Ordinal));
    }
}
