// Owns the calls to the service manager of Windows, which Wine answers.
using System.ComponentModel;
using System.Runtime.InteropServices;
using System.ServiceProcess;

namespace Lab;

public static class WindowsServices
{
    private const uint AllAccess = 0xF01FF, ManagerAllAccess = 0xF003F, OwnProcess = 0x10, ErrorNormal = 1;

    public static IReadOnlyList<ServiceEntry> All()
    {
        using var manager = Open(OpenSCManager(null, null, ManagerAllAccess));
        return ServiceController.GetServices().Select(controller =>
        {
            using (controller) return new ServiceEntry(controller.ServiceName, controller.DisplayName, controller.Status, StartTypeOf(controller), CommandOf(controller.ServiceName), ProcessOf(manager, controller.ServiceName));
        }).ToList();
    }

    /// An automatic service of its own process; throws Win32Exception where the service manager refuses.
    public static void Create(string name, string displayName, string command)
    {
        using var manager = Open(OpenSCManager(null, null, ManagerAllAccess));
        using var service = Open(CreateService(manager.Value, name, displayName, AllAccess, OwnProcess, (uint)ServiceStartMode.Automatic, ErrorNormal, command, null, IntPtr.Zero, null, null, null));
    }

    private static ServiceStartMode StartTypeOf(ServiceController controller)
    {
        // Some of Wine's own services have no configuration to ask for.
        try { return controller.StartType; }
        catch (Win32Exception) { return ServiceStartMode.Manual; }
        catch (InvalidOperationException) { return ServiceStartMode.Manual; }
    }

    private static string CommandOf(string name)
    {
        using var key = Microsoft.Win32.Registry.LocalMachine.OpenSubKey(@"SYSTEM\CurrentControlSet\Services\" + name);
        return key?.GetValue("ImagePath") as string ?? "";
    }

    private static int ProcessOf(Handle manager, string name)
    {
        var service = OpenService(manager.Value, name, 4);
        if (service == IntPtr.Zero) return 0;
        using var open = new Handle(service);
        return QueryServiceStatusEx(service, 0, out var status, (uint)Marshal.SizeOf<StatusProcess>(), out _) ? (int)status.ProcessId : 0;
    }

    private static Handle Open(IntPtr handle) => handle == IntPtr.Zero ? throw new Win32Exception() : new Handle(handle);

    private sealed class Handle(IntPtr value) : IDisposable
    {
        public IntPtr Value => value;
        public void Dispose() => CloseServiceHandle(value);
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct StatusProcess { public uint Type, State, Accepted, ExitCode, SpecificExitCode, CheckPoint, WaitHint, ProcessId, Flags; }

    [DllImport("advapi32", CharSet = CharSet.Unicode, SetLastError = true)] private static extern IntPtr OpenSCManager(string? machine, string? database, uint access);
    [DllImport("advapi32", CharSet = CharSet.Unicode, SetLastError = true)] private static extern IntPtr OpenService(IntPtr manager, string name, uint access);
    [DllImport("advapi32", CharSet = CharSet.Unicode, SetLastError = true)] private static extern IntPtr CreateService(IntPtr manager, string name, string display, uint access, uint type, uint start, uint error, string path, string? group, IntPtr tag, string? dependencies, string? account, string? password);
    [DllImport("advapi32", SetLastError = true)] private static extern bool QueryServiceStatusEx(IntPtr service, int level, out StatusProcess status, uint size, out uint needed);
    [DllImport("advapi32")] private static extern bool CloseServiceHandle(IntPtr handle);
}
