using System.Reflection;
using System.Runtime.InteropServices;

namespace PolarPS;

/// <summary>
/// The images: the module's assemblies compiled ahead of time, in folders like <c>lib/net10.0/linux-x64</c>. Where none fits this
/// process, the ordinary assembly is used, and compiled as it runs; all else is the same.
/// </summary>
internal static class CompiledImages
{
    /// <summary>The folder from which the module was loaded.</summary>
    public static readonly string ModuleFolder = Path.GetDirectoryName(typeof(CompiledImages).Assembly.Location)!;

    private static readonly string? Folder = FolderName(
        RuntimeInformation.FrameworkDescription,
        Environment.Version.Major,
        AppContext.GetData("RUNTIME_IDENTIFIER") as string,
        RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? "win"
            : RuntimeInformation.IsOSPlatform(OSPlatform.OSX) ? "osx"
            : RuntimeInformation.IsOSPlatform(OSPlatform.Linux) ? "linux"
            : string.Empty,
        RuntimeInformation.ProcessArchitecture
    )
        is { } name
        ? Path.Combine(ModuleFolder, "lib", name)
        : null;

    /// <summary>
    /// The folder below lib/ in which images for a process lie, if there are any. One for another system or processor would be an
    /// error; one for another major version of .NET is ignored.
    /// </summary>
    /// <param name="framework">As in <see cref="RuntimeInformation.FrameworkDescription"/>.</param>
    /// <param name="major">The major version of .NET.</param>
    /// <param name="runtime">What the runtime was built for, as a RID; null when the host does not say.</param>
    /// <param name="system">The operating system, as RIDs name it.</param>
    /// <param name="processor">What the process runs as, which under emulation is not what the computer has.</param>
    /// <returns>The folder; null where images are made for no such process.</returns>
    internal static string? FolderName(
        string framework,
        int major,
        string? runtime,
        string system,
        Architecture processor
    )
    {
        if (framework.StartsWith(".NET Framework", StringComparison.Ordinal))
        {
            return null;
        }

        // Images are compiled for glibc; with musl nobody has tried them.
        var hasMusl =
            runtime is null
            || runtime.IndexOf("musl", StringComparison.Ordinal) >= 0
            || runtime.StartsWith("alpine", StringComparison.Ordinal);
        return (system, processor) switch
        {
            ("win", Architecture.X64) => $"net{major}.0/win-x64",
            ("linux", Architecture.X64) when !hasMusl => $"net{major}.0/linux-x64",
            ("osx", Architecture.Arm64) => $"net{major}.0/osx-arm64",
            _ => null,
        };
    }

    /// <summary>Loads an assembly into the default context: its image, or else the assembly itself.</summary>
    /// <param name="file">The path of the assembly.</param>
    /// <exception cref="IOException">Neither can be loaded.</exception>
    public static Assembly Load(string file)
    {
        if (Find(file) is { } image)
        {
            try
            {
                return Assembly.LoadFrom(image);
            }
            catch (Exception exception) when (exception is IOException or BadImageFormatException)
            {
                // The assembly itself may do; if it does not, its own error says more.
            }
        }

        return Assembly.LoadFrom(file);
    }

    /// <summary>The image of an assembly.</summary>
    /// <param name="file">The path of the assembly.</param>
    /// <returns>The image's path; null when there is none, or none that is whole, for this process, and made of this very file.</returns>
    public static string? Find(string file)
    {
        if (Folder is null)
        {
            return null;
        }

        var image = Path.Combine(Folder, Path.GetFileName(file));
        return File.Exists(image) && Fits(image, file, Path.GetFileName(Folder)) ? image : null;
    }

    private static bool Fits(string image, string file, string rid)
    {
        // The number of the processor, as the system's images disguise it so that no other system takes them for its own.
        var wanted = rid switch
        {
            "win-x64" => 0x8664,
            "linux-x64" => 0x8664 ^ 0x7B79,
            _ => 0xAA64 ^ 0x4644,
        };
        try
        {
            var compiled = Identify(image, out var machine);
            return machine == wanted && compiled != Guid.Empty && compiled == Identify(file, out _);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // The MVID of an assembly, by which the runtime, too, tells whether two files are the same; empty when it is not whole. With a
    // library's reader this would cost an import some milliseconds. It is compiled during each import, and so is kept to few methods
    // and to types that the runtime has compiled already. ECMA-335, II.24.2 and II.25.
    private static Guid Identify(string file, out int machine)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        using var reader = new BinaryReader(stream);
        stream.Position = 0x3C;
        var headers = reader.ReadUInt32() + 4L;
        stream.Position = headers;
        machine = reader.ReadUInt16();
        int sectionCount = reader.ReadUInt16();
        stream.Position = headers + 16;
        var sections = headers + 20 + reader.ReadUInt16();
        stream.Position = headers + 20;
        var isWide = reader.ReadUInt16() == 0x20B;
        stream.Position = headers + 20 + (isWide ? 112 : 96) + (14 * 8);

        var runtimeHeader = Place(reader, sections, sectionCount, reader.ReadUInt32());
        stream.Position = Math.Max(0, runtimeHeader) + 8;
        var root = runtimeHeader < 0 ? -1 : Place(reader, sections, sectionCount, reader.ReadUInt32());
        if (root < 0)
        {
            return Guid.Empty;
        }

        stream.Position = root + 12;
        long versionLength = reader.ReadUInt32();
        stream.Position = root + 16 + versionLength + 2;
        int streamCount = reader.ReadUInt16();
        for (var i = 0; i < streamCount; i++)
        {
            long offset = reader.ReadUInt32();
            reader.ReadUInt32();
            var name = reader.ReadUInt32();
            for (var word = name; word >> 24 != 0; )
            {
                word = reader.ReadUInt32();
            }

            // #GUI, and a D follows.
            if (name == 0x49554723)
            {
                stream.Position = root + offset;
                return new Guid(reader.ReadBytes(16));
            }
        }

        return Guid.Empty;
    }

    // Where in the file an address is; below 0 for nowhere, and in a file that ends before one of its sections.
    private static long Place(BinaryReader reader, long sections, int count, long address)
    {
        var place = -1L;
        for (var i = 0; i < count; i++)
        {
            reader.BaseStream.Position = sections + (40 * i) + 12;
            long first = reader.ReadUInt32();
            long size = reader.ReadUInt32();
            long start = reader.ReadUInt32();
            if (start + size > reader.BaseStream.Length)
            {
                return -1;
            }

            if (address >= first && address < first + size)
            {
                place = start + (address - first);
            }
        }

        return place;
    }
}
