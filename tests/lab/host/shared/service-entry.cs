// Owns what a service is here: what Get-Service and Win32_Service show of it, under the names that Windows has.
using System.ServiceProcess;

namespace Lab;

public sealed record ServiceEntry(string Name, string DisplayName, ServiceControllerStatus Status, ServiceStartMode StartType, string Command, int ProcessId)
{
    public string ServiceName => Name;
    public override string ToString() => Name;
}
