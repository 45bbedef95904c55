// Owns Win32_Process.Create: a start that belongs to no session, so that the end of the session does not end it.
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Lab.Cmdlets;

public static class DetachedStart
{
    private const uint Breakaway = 0x01000000, Detached = 0x8;
    private const uint Success = 0, UnknownFailure = 8, PathNotFound = 9;

    /// Answers with Win32_Process.Create's own codes.
    public static (uint Code, uint ProcessId) Run(string command, string? folder) => OperatingSystem.IsWindows() ? OnWindows(command, folder) : OnLinux(command, folder);

    private static (uint, uint) OnWindows(string command, string? folder)
    {
        // Standard handles, and none: Wine would else hand ours on, and the session would seem to last as long as the program.
        var startup = new StartupInfo { Size = Marshal.SizeOf<StartupInfo>(), Flags = 0x100 };
        var flags = Breakaway | Detached;
        if (!CreateProcess(null, new StringBuilder(command), IntPtr.Zero, IntPtr.Zero, false, flags, IntPtr.Zero, folder ?? @"C:\windows\system32", ref startup, out var made))
            return (Marshal.GetLastWin32Error() is 2 or 3 ? PathNotFound : UnknownFailure, 0);
        CloseHandle(made.Process);
        CloseHandle(made.Thread);
        return (Success, made.ProcessId);
    }

    /// The shell starts it in the background in a session of its own and ends, so that init adopts it and no dead child is left lying.
    private static (uint, uint) OnLinux(string command, string? folder)
    {
        var words = Split(command);
        if (words.Count == 0) return (PathNotFound, 0);
        if (Path.GetFileName(words[0].Replace('\\', '/')).Equals("powershell.exe", StringComparison.OrdinalIgnoreCase)) words[0] = Environment.ProcessPath!;
        if (Found(words[0]) is not { } program) return (PathNotFound, 0);
        words[0] = program;
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardOutput = true, RedirectStandardInput = true, WorkingDirectory = folder ?? "/" };
        foreach (var word in new[] { "-c", "setsid \"$@\" </dev/null >/dev/null 2>&1 & echo $!", "sh" }.Concat(words)) start.ArgumentList.Add(word);
        using var shell = Process.Start(start)!;
        shell.StandardInput.Close();
        var id = uint.Parse(shell.StandardOutput.ReadToEnd());
        shell.WaitForExit();
        return (Success, id);
    }

    private static string? Found(string program)
    {
        if (program.Contains('/')) return File.Exists(program) ? program : null;
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
    }

    /// The words of a Windows command line, by the rules every C program there follows.
    public static List<string> Split(string command)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        bool quoted = false, begun = false;
        for (var index = 0; index < command.Length; index++)
        {
            var character = command[index];
            if (character == '\\')
            {
                var count = 0;
                for (; index < command.Length && command[index] == '\\'; index++) count++;
                var beforeQuote = index < command.Length && command[index] == '"';
                word.Append('\\', beforeQuote ? count / 2 : count);
                begun = true;
                if (beforeQuote && count % 2 == 1) word.Append('"');
                else index--;
            }
            else if (character == '"')
            {
                begun = true;
                if (quoted && index + 1 < command.Length && command[index + 1] == '"') { word.Append('"'); index++; }
                else quoted = !quoted;
            }
            else if (character is ' ' or '\t' && !quoted)
            {
                if (begun) words.Add(word.ToString());
                word.Clear();
                begun = false;
            }
            else { word.Append(character); begun = true; }
        }
        if (begun) words.Add(word.ToString());
        return words;
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
