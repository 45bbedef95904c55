// Owns what an ssh session of a lab host runs: PowerShell in this very process, anything else by cmd.exe, as Win32-OpenSSH's default shell does.
using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;
using Lab.Cmdlets;

namespace Lab;

public static class SessionCommand
{
    private const string PowerShell = @"C:\windows\system32\WindowsPowerShell\v1.0\powershell.exe";

    /// The words for this process when the command is ours to run; null when it was not a session, or when it has been run and `code` says how.
    public static string[]? Take(string[] arguments, out int? code)
    {
        code = null;
        var command = Environment.GetEnvironmentVariable("ROLLOUT_LAB_COMMAND");
        if (command is null || !OperatingSystem.IsWindows()) return arguments;
        Environment.SetEnvironmentVariable("ROLLOUT_LAB_COMMAND", null);
        var words = DetachedStart.Split(command);
        var ours = words.Count > 0 && Path.GetFileNameWithoutExtension(words[0].Replace('/', '\\')).Equals("powershell", StringComparison.OrdinalIgnoreCase);
        // A command line with cmd's own characters before the program's words is cmd's business.
        if (ours && IsSamePowerShell()) return words.Skip(1).ToArray();
        code = RunAsChild(ours ? command : words.Count == 0 ? "cmd.exe" : $"cmd.exe /c {command}");
        return null;
    }

    /// With ROLLOUT_LAB_POWERSHELL another one stands in the real place; ours is then only the launcher.
    private static bool IsSamePowerShell() =>
        File.Exists(Path.Combine(Path.GetDirectoryName(PowerShell)!, "powershell.dll")) && !File.Exists(Path.Combine(Path.GetDirectoryName(PowerShell)!, "pwsh.dll"));

    private static int RunAsChild(string command)
    {
        var startup = new StartupInfo { Size = Marshal.SizeOf<StartupInfo>() };
        var line = command.StartsWith("powershell", StringComparison.OrdinalIgnoreCase) ? $"\"{PowerShell}\"{command[(command.IndexOf(' ') is var blank && blank < 0 ? command.Length : blank)..]}" : command;
        if (!CreateProcess(null, new StringBuilder(line), IntPtr.Zero, IntPtr.Zero, true, 0, IntPtr.Zero, null, ref startup, out var made))
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
}
