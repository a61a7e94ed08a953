using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace PolarPS.Client;

/// <summary>What Windows knows of a file and .NET Standard 2.0 does not tell.</summary>
internal static class WindowsFile
{
    private const int SharingViolation = unchecked((int)0x80070020);
    private const int LockViolation = unchecked((int)0x80070021);

    // ReplaceFile: the old file could not be removed.
    private const int UnableToRemoveReplaced = unchecked((int)0x80070497);

    private const uint GenericRead = 0x80000000;
    private const uint Delete = 0x00010000;
    private const uint ShareAll = 7;
    private const uint OpenExisting = 3;

    // Lets folders be opened, too.
    private const uint BackupSemantics = 0x02000000;

    public static bool IsSupported { get; } = RuntimeInformation.IsOSPlatform(OSPlatform.Windows);

    /// <summary>Whether another program holds a file open in such a way that it cannot be replaced.</summary>
    public static bool IsHeld(string path)
    {
        // What replacing it will ask for, asked beforehand.
        using var handle = Open(path, GenericRead | Delete);
        return handle.IsInvalid && Marshal.GetHRForLastWin32Error() is SharingViolation or LockViolation;
    }

    /// <summary>Whether that is why something failed.</summary>
    public static bool IsHeld(Exception exception) =>
        exception is IOException { HResult: SharingViolation or LockViolation or UnableToRemoveReplaced };

    /// <summary>Where a path leads through all links; null where it leads to nothing.</summary>
    public static string? Follow(string path)
    {
        using var handle = Open(path, access: 0);
        if (handle.IsInvalid)
        {
            return null;
        }

        // The longest path that there is on Windows.
        var text = new char[32 * 1024];
        var length = Native.GetFinalPathNameByHandle(handle, text, text.Length, 0);
        return length <= 0 || length > text.Length ? path : WithoutPrefix(new string(text, 0, length));
    }

    private static string WithoutPrefix(string path) =>
        path.StartsWith(@"\\?\UNC\", StringComparison.OrdinalIgnoreCase) ? @"\\" + path.Substring(8)
        : path.StartsWith(@"\\?\", StringComparison.Ordinal) ? path.Substring(4)
        : path;

    private static SafeFileHandle Open(string path, uint access) =>
        Native.CreateFile(path, access, ShareAll, IntPtr.Zero, OpenExisting, BackupSemantics, IntPtr.Zero);

    private static class Native
    {
        [DllImport("kernel32.dll", EntryPoint = "CreateFileW", CharSet = CharSet.Unicode, SetLastError = true)]
        public static extern SafeFileHandle CreateFile(
            string path,
            uint access,
            uint share,
            IntPtr security,
            uint creation,
            uint flags,
            IntPtr template
        );

        [DllImport(
            "kernel32.dll",
            EntryPoint = "GetFinalPathNameByHandleW",
            CharSet = CharSet.Unicode,
            SetLastError = true
        )]
        public static extern int GetFinalPathNameByHandle(
            SafeFileHandle handle,
            [Out] char[] path,
            int length,
            uint flags
        );
    }
}
