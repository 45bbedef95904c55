// Owns Win32_Process.Create: a start that belongs to no session, so that the end of the session does not end it.
using System.Runtime.InteropServices;
using System.Text;

namespace Lab.Devices;

public static class DetachedStart
{
    // Not DETACHED_PROCESS: without any console PowerShell ends at once and says nothing.
    private const uint Breakaway = 0x01000000, NoWindow = 0x08000000;
    private const uint Success = 0, UnknownFailure = 8, PathNotFound = 9;

    /// Answers with Win32_Process.Create's own codes.
    public static (uint Code, uint ProcessId) Run(string command, string? folder)
    {
        // STARTF_USESTDHANDLES, and none: Wine would else hand ours on, and the session would seem to last as long as the program.
        var startup = new StartupInfo { Size = Marshal.SizeOf<StartupInfo>(), Flags = 0x100 };
        var flags = Breakaway | NoWindow;
        if (!CreateProcess(null, new StringBuilder(command), IntPtr.Zero, IntPtr.Zero, false, flags, IntPtr.Zero, folder ?? @"C:\windows\system32", ref startup, out var made))
            return (Marshal.GetLastWin32Error() is 2 or 3 ? PathNotFound : UnknownFailure, 0);
        CloseHandle(made.Process);
        CloseHandle(made.Thread);
        return (Success, made.ProcessId);
    }

    [StructLayout(LayoutKind.Sequential, CharSet = CharSet.Unicode)]
    private struct StartupInfo
    {
        public int Size;
        public string? Reserved, Desktop, Title;
        public int X, Y, XSize, YSize, XChars, YChars, Fill, Flags;
        public short ShowWindow, ReservedSize;
        public IntPtr ReservedBytes, Input, Output, Error;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct ProcessInformation { public IntPtr Process, Thread; public uint ProcessId, ThreadId; }

    [DllImport("kernel32", CharSet = CharSet.Unicode, SetLastError = true)]
    private static extern bool CreateProcess(string? application, StringBuilder command, IntPtr processSecurity, IntPtr threadSecurity, bool inherit, uint flags, IntPtr environment, string? folder, ref StartupInfo startup, out ProcessInformation made);
    [DllImport("kernel32")] private static extern bool CloseHandle(IntPtr handle);
}
