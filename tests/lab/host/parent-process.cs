// Owns who started a process, which .NET does not tell.
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Lab;

public static class ParentProcess
{
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

    /// <summary>The id of the parent; 0 where the system does not say, as for the first process.</summary>
    public static uint Of(Process process)
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
