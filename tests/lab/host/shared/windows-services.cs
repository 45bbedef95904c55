// Owns the calls to the service manager of Windows, which Wine answers.
using System.ComponentModel;
using System.Runtime.InteropServices;
using System.ServiceProcess;

namespace Lab.Cmdlets;

public sealed class WindowsServices : IServiceControl
{
    private const uint AllAccess = 0xF01FF, ManagerAllAccess = 0xF003F, NoChange = 0xFFFFFFFF, OwnProcess = 0x10, ErrorNormal = 1;

    public IReadOnlyList<ServiceEntry> All()
    {
        using var manager = Open(OpenSCManager(null, null, ManagerAllAccess));
        return ServiceController.GetServices().Select(controller =>
        {
            using (controller) return new ServiceEntry
            {
                Name = controller.ServiceName, DisplayName = controller.DisplayName, Status = controller.Status, StartType = StartTypeOf(controller),
                ProcessId = ProcessOf(manager, controller.ServiceName), Command = CommandOf(controller.ServiceName),
            };
        }).ToList();
    }

    public void Start(string name) { using var controller = new ServiceController(name); controller.Start(); }
    public void Stop(string name) { using var controller = new ServiceController(name); controller.Stop(); }

    public void SetStartType(string name, ServiceStartMode mode)
    {
        using var manager = Open(OpenSCManager(null, null, ManagerAllAccess));
        using var service = Open(OpenService(manager.Value, name, AllAccess));
        if (!ChangeServiceConfig(service.Value, NoChange, (uint)mode, NoChange, null, null, IntPtr.Zero, null, null, null, null)) throw new Win32Exception();
    }

    public void Create(string name, string displayName, string command, ServiceStartMode mode)
    {
        using var manager = Open(OpenSCManager(null, null, ManagerAllAccess));
        using var service = Open(CreateService(manager.Value, name, displayName, AllAccess, OwnProcess, (uint)mode, ErrorNormal, command, null, IntPtr.Zero, null, null, null));
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
    [DllImport("advapi32", CharSet = CharSet.Unicode, SetLastError = true)] private static extern bool ChangeServiceConfig(IntPtr service, uint type, uint start, uint error, string? path, string? group, IntPtr tag, string? dependencies, string? account, string? password, string? display);
    [DllImport("advapi32", SetLastError = true)] private static extern bool QueryServiceStatusEx(IntPtr service, int level, out StatusProcess status, uint size, out uint needed);
    [DllImport("advapi32")] private static extern bool CloseServiceHandle(IntPtr handle);
}
