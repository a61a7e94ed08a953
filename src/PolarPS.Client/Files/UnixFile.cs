using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace PolarPS.Client;

/// <summary>What a file is on Linux and macOS, beyond what .NET Standard 2.0 tells: its type, mode, and owner.</summary>
internal static class UnixFile
{
    private const int TypeMask = 0xF000;
    private const int Regular = 0x8000;
    private const int Folder = 0x4000;
    private const int Link = 0xA000;
    private const int ModeMask = 0xFFF;
    private const int OwnerWrites = 0x80;
    private const int MayWrite = 2;

    // The shim's own number, with which a program that is started does not get the file.
    private const int CloseOnExec = 0x10;

    /// <summary>Whether this computer has such files at all.</summary>
    public static bool IsSupported { get; } = !RuntimeInformation.IsOSPlatform(OSPlatform.Windows);

    /// <summary>What a path leads to, through all links; null where it leads to nothing.</summary>
    public static UnixFileInfo? Follow(string path) =>
        Native.Stat(Bytes(path), out var status) == 0 ? Read(status) : null;

    /// <summary>What has the path itself; null for nothing.</summary>
    public static UnixFileInfo? Look(string path) =>
        Native.LStat(Bytes(path), out var status) == 0 ? Read(status) : null;

    /// <summary>Whether its owner may not write it, or this user may not.</summary>
    public static bool IsReadOnly(string path) =>
        Follow(path) is { } file && ((file.Mode & OwnerWrites) == 0 || Native.Access(Bytes(path), MayWrite) != 0);

    /// <summary>Sets permission bits.</summary>
    /// <exception cref="IOException">Not permitted.</exception>
    public static void SetMode(string path, int mode)
    {
        if (Native.ChMod(Bytes(path), mode) != 0)
        {
            throw new IOException($"The permissions of '{path}' could not be set.");
        }
    }

    /// <summary>Sets owner and group.</summary>
    /// <returns>false where that is not permitted.</returns>
    public static bool TrySetOwner(string path, uint user, uint group) => Native.ChOwn(Bytes(path), user, group) == 0;

    /// <summary>Creates a file that nobody but its owner can read, from its first moment on.</summary>
    public static FileStream CreatePrivate(string path, int bufferSize)
    {
        // FileStreamOptions came with .NET 6, its UnixCreateMode with .NET 7; PowerShell 7.4 has both.
        var type = typeof(FileStream).Assembly.GetType("System.IO.FileStreamOptions");
        if (type?.GetProperty("UnixCreateMode") is not { } createMode)
        {
            throw new PlatformNotSupportedException("This runtime cannot create a file that only its owner can read.");
        }

        var options = Activator.CreateInstance(type)!;
        Set("Mode", FileMode.CreateNew);
        Set("Access", FileAccess.ReadWrite);
        Set("Share", FileShare.None);
        Set("Options", FileOptions.Asynchronous);
        Set("BufferSize", bufferSize);
        var modeType = Nullable.GetUnderlyingType(createMode.PropertyType)!;
        createMode.SetValue(options, Enum.ToObject(modeType, 0x180));
        try
        {
            return (FileStream)Activator.CreateInstance(typeof(FileStream), path, options)!;
        }
        catch (TargetInvocationException exception) when (exception.InnerException is { } inner)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(inner).Throw();
            throw;
        }

        void Set(string name, object value) => type.GetProperty(name)!.SetValue(options, value);
    }

    /// <summary>Opens a file to read it although it is locked: .NET's own way would ask for a share of the lock.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static FileStream OpenUnlocked(string path)
    {
        var handle = Native.Open(Bytes(path), CloseOnExec, 0);
        return handle.ToInt64() >= 0
            ? new FileStream(new SafeFileHandle(handle, ownsHandle: true), FileAccess.Read)
            : throw new IOException($"The file '{path}' cannot be read.");
    }

    private static byte[] Bytes(string path) => Encoding.UTF8.GetBytes(path + "\0");

    private static UnixFileInfo Read(in FileStatus status) =>
        new(
            (status.Mode & TypeMask) switch
            {
                Regular => UnixFileKind.Regular,
                Folder => UnixFileKind.Folder,
                Link => UnixFileKind.Link,
                _ => UnixFileKind.Other,
            },
            status.Mode & ModeMask,
            status.User,
            status.Group
        );

    // The beginning is what .NET's own shim has had since .NET 5; the rest only makes room for what it writes behind.
    [StructLayout(LayoutKind.Sequential)]
    private struct FileStatus
    {
        public int Flags;
        public int Mode;
        public uint User;
        public uint Group;
        private readonly Room _room;
    }

    [StructLayout(LayoutKind.Sequential, Size = 496)]
    private struct Room;

    // The C library's struct stat differs from system to system; the shim that ships with .NET does not.
    private static class Native
    {
        [DllImport("libSystem.Native", EntryPoint = "SystemNative_Stat", SetLastError = true)]
        public static extern int Stat(byte[] path, out FileStatus status);

        [DllImport("libSystem.Native", EntryPoint = "SystemNative_LStat", SetLastError = true)]
        public static extern int LStat(byte[] path, out FileStatus status);

        [DllImport("libSystem.Native", EntryPoint = "SystemNative_ChMod", SetLastError = true)]
        public static extern int ChMod(byte[] path, int mode);

        [DllImport("libSystem.Native", EntryPoint = "SystemNative_Access", SetLastError = true)]
        public static extern int Access(byte[] path, int mode);

        [DllImport("libSystem.Native", EntryPoint = "SystemNative_Open", SetLastError = true)]
        public static extern IntPtr Open(byte[] path, int flags, int mode);

        [DllImport("libc", EntryPoint = "chown", SetLastError = true)]
        public static extern int ChOwn(byte[] path, uint user, uint group);
    }
}

internal enum UnixFileKind
{
    Regular,
    Folder,
    Link,

    /// <summary>A pipe, a socket, or a device.</summary>
    Other,
}

/// <summary>What a file is.</summary>
/// <param name="Kind">Its type.</param>
/// <param name="Mode">Its permission bits.</param>
/// <param name="User">The owner's number.</param>
/// <param name="Group">The group's number.</param>
internal sealed record UnixFileInfo(UnixFileKind Kind, int Mode, uint User, uint Group);
