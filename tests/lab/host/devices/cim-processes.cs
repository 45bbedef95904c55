// Owns the rows of Win32_Process, parents included.
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Lab.Devices;

public static class CimProcesses
{
    public static IEnumerable<Dictionary<string, object?>> Rows()
    {
        foreach (var process in Process.GetProcesses().Where(Lives))
        {
            using (process)
            {
                Dictionary<string, object?>? row = null;
                try
                {
                    row = new()
                    {
                        ["ProcessId"] = (uint)process.Id, ["ParentProcessId"] = ParentOf(process), ["Handle"] = process.Id.ToString(CultureInfo.InvariantCulture),
                        ["Name"] = process.ProcessName + (OperatingSystem.IsWindows() ? ".exe" : ""), ["CreationDate"] = process.StartTime,
                        ["ExecutablePath"] = ExecutableOf(process), ["WorkingSetSize"] = (ulong)process.WorkingSet64,
                    };
                }
                catch (Exception problem) when (problem is InvalidOperationException or System.ComponentModel.Win32Exception or IOException or ArgumentOutOfRangeException)
                {
                    // It ended while being looked at; of a process that is just ending Wine tells no time.
                }
                if (row is not null) yield return row;
            }
        }
    }

    private static string? ExecutableOf(Process process)
    {
        try { return process.MainModule?.FileName; }
        catch (Exception problem) when (problem is InvalidOperationException or System.ComponentModel.Win32Exception or NotSupportedException) { return null; }
    }

    /// On Linux a dead process stays listed until its parent has looked; Windows has nothing like it.
    private static bool Lives(Process process)
    {
        if (OperatingSystem.IsWindows()) return true;
        try
        {
            var status = File.ReadAllText($"/proc/{process.Id}/stat");
            return status[status.LastIndexOf(')') + 2] != 'Z';
        }
        catch (IOException) { return false; }
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct BasicInformation
    {
        public nint ExitStatus;
        public nint PebBaseAddress;
        public nint AffinityMask;
        public nint BasePriority;
        public nint UniqueProcessId;
        public nint InheritedFromUniqueProcessId;
    }

    [DllImport("ntdll.dll")]
    private static extern int NtQueryInformationProcess(nint process, int informationClass, out BasicInformation information, int length, out int returned);

    /// The id of the parent, which .NET does not tell; 0 where the system does not say, as for the first process.
    private static uint ParentOf(Process process)
    {
        if (OperatingSystem.IsWindows())
        {
            var answer = NtQueryInformationProcess(process.Handle, 0, out var information, Marshal.SizeOf<BasicInformation>(), out _);
            return answer == 0 ? (uint)information.InheritedFromUniqueProcessId : 0;
        }
        // The name may hold blanks and brackets: what counts comes after its last bracket (proc_pid_stat(5)).
        var stat = File.ReadAllText($"/proc/{process.Id}/stat");
        return uint.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
    }
}
