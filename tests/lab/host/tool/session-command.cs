// Owns what an ssh session of a lab host runs: PowerShell by its words, anything else by cmd.exe, as Win32-OpenSSH's default shell does.
using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;

namespace Lab;

public static class SessionCommand
{
    private const string PowerShell = @"C:\windows\system32\WindowsPowerShell\v1.0\powershell.exe";
    private const uint NoWindow = 0x08000000;
    private const int UseStandardHandles = 0x100;

    /// Runs the command line in ROLLOUT_LAB_COMMAND to its end, in a job of this session, and answers with its exit code.
    public static int Run()
    {
        SessionJob.Enter();
        var command = Environment.GetEnvironmentVariable("ROLLOUT_LAB_COMMAND") ?? "";
        Environment.SetEnvironmentVariable("ROLLOUT_LAB_COMMAND", null);
        var words = CommandLine.Split(command);
        // A command line with cmd's own characters before the program's words is cmd's business.
        var powershell = words.Count > 0 && Path.GetFileNameWithoutExtension(words[0].Replace('/', '\\')).Equals("powershell", StringComparison.OrdinalIgnoreCase);
        return Await(powershell ? WithFullPath(command) : words.Count == 0 ? "cmd.exe" : $"cmd.exe /c {command}");
    }

    /// The words after the program stay as they were sent.
    private static string WithFullPath(string command)
    {
        if (!command.StartsWith("powershell", StringComparison.OrdinalIgnoreCase)) return command;
        var blank = command.IndexOf(' ');
        return $"\"{PowerShell}\"{(blank < 0 ? "" : command[blank..])}";
    }

    /// With a console that nobody sees, and our own streams: PowerShell without any console ends at once with 0 and says nothing.
    private static int Await(string line)
    {
        var startup = new StartupInfo
        {
            Size = Marshal.SizeOf<StartupInfo>(), Flags = UseStandardHandles,
            Input = GetStdHandle(-10), Output = GetStdHandle(-11), Error = GetStdHandle(-12),
        };
        if (!CreateProcess(null, new StringBuilder(line), IntPtr.Zero, IntPtr.Zero, true, NoWindow, IntPtr.Zero, null, ref startup, out var made))
            throw new Win32Exception();
        WaitForSingleObject(made.Process, uint.MaxValue);
        GetExitCodeProcess(made.Process, out var code);
        return unchecked((int)code);
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
    [DllImport("kernel32")] private static extern uint WaitForSingleObject(IntPtr handle, uint milliseconds);
    [DllImport("kernel32")] private static extern bool GetExitCodeProcess(IntPtr process, out uint code);
    [DllImport("kernel32")] private static extern IntPtr GetStdHandle(int which);
}
