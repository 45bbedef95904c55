// Owns the few CIM classes the lab answers for, each property as Windows names and types it.
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace Lab.Devices;

public static class CimClasses
{
    public static readonly IReadOnlyDictionary<string, Func<IEnumerable<Dictionary<string, object?>>>> ByName =
        new Dictionary<string, Func<IEnumerable<Dictionary<string, object?>>>>(StringComparer.OrdinalIgnoreCase)
        {
            ["Win32_OperatingSystem"] = OperatingSystemRow,
            ["Win32_ComputerSystem"] = ComputerSystem,
            ["Win32_LogicalDisk"] = LogicalDisks,
            ["Win32_Processor"] = Processor,
            ["Win32_Service"] = Services,
            ["Win32_Process"] = CimProcesses.Rows,
        };

    /// host.json of the state folder may say who this host is and when it was started; the lab manager writes it.
    private static JsonObject Identity => LabState.Read("host.json") as JsonObject ?? [];
    private static string Text(string name, string otherwise) => (string?)Identity[name] ?? otherwise;
    private static ulong Number(string name, ulong otherwise) => Identity[name] is { } node ? (ulong)(double)node : otherwise;

    private static IEnumerable<Dictionary<string, object?>> OperatingSystemRow()
    {
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        var booted = Identity["bootTime"] is { } time
            ? DateTime.Parse((string)time!, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind).ToLocalTime()
            : DateTime.Now - TimeSpan.FromMilliseconds(Environment.TickCount64);
        yield return new()
        {
            ["Caption"] = Text("caption", "Microsoft Windows Server 2019 Standard"),
            ["Version"] = Text("version", "10.0.17763"),
            ["BuildNumber"] = Text("buildNumber", "17763"),
            ["OSArchitecture"] = "64-bit",
            ["ProductType"] = (uint)Number("productType", 3),
            ["OperatingSystemSKU"] = (uint)Number("sku", 7),
            ["CSName"] = Text("name", Environment.MachineName),
            ["LastBootUpTime"] = booted,
            ["LocalDateTime"] = DateTime.Now,
            ["InstallDate"] = booted.Date.AddDays(-30),
            ["SystemDirectory"] = @"C:\Windows\system32",
            ["WindowsDirectory"] = @"C:\Windows",
            ["SystemDrive"] = "C:",
            ["CurrentTimeZone"] = (short)TimeZoneInfo.Local.GetUtcOffset(DateTime.Now).TotalMinutes,
            ["TotalVisibleMemorySize"] = Number("memoryBytes", (ulong)memory) / 1024,
            ["FreePhysicalMemory"] = Number("freeMemoryBytes", (ulong)memory / 2) / 1024,
        };
    }

    private static IEnumerable<Dictionary<string, object?>> ComputerSystem()
    {
        yield return new()
        {
            ["Name"] = Text("name", Environment.MachineName),
            ["DNSHostName"] = Text("name", Environment.MachineName),
            ["Domain"] = Text("domain", "WORKGROUP"),
            ["Workgroup"] = Text("domain", "WORKGROUP"),
            ["PartOfDomain"] = (bool?)Identity["partOfDomain"] ?? false,
            ["DomainRole"] = (ushort)Number("domainRole", 2),
            ["Manufacturer"] = "Lab",
            ["Model"] = "Lab host",
            ["NumberOfProcessors"] = 1u,
            ["NumberOfLogicalProcessors"] = (uint)Number("processors", (ulong)Environment.ProcessorCount),
            ["TotalPhysicalMemory"] = Number("memoryBytes", (ulong)GC.GetGCMemoryInfo().TotalAvailableMemoryBytes),
            ["UserName"] = null,
        };
    }

    private static IEnumerable<Dictionary<string, object?>> LogicalDisks()
    {
        foreach (var drive in DriveInfo.GetDrives().Where(drive => OperatingSystem.IsWindows() ? drive.Name.StartsWith("C:", StringComparison.OrdinalIgnoreCase) : drive.Name == "/"))
        {
            yield return new()
            {
                ["DeviceID"] = "C:", ["Name"] = "C:", ["DriveType"] = 3u, ["FileSystem"] = "NTFS", ["VolumeName"] = "",
                ["Size"] = Number("diskBytes", (ulong)drive.TotalSize), ["FreeSpace"] = Number("freeDiskBytes", (ulong)drive.AvailableFreeSpace),
            };
        }
    }

    private static IEnumerable<Dictionary<string, object?>> Processor()
    {
        yield return new()
        {
            ["DeviceID"] = "CPU0", ["Name"] = Text("processorName", "Lab processor"), ["AddressWidth"] = (ushort)64,
            ["Architecture"] = (ushort)(RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 12 : 9),
            ["NumberOfCores"] = (uint)Number("processors", (ulong)Environment.ProcessorCount),
            ["NumberOfLogicalProcessors"] = (uint)Number("processors", (ulong)Environment.ProcessorCount),
            ["MaxClockSpeed"] = 2000u,
        };
    }

    private static IEnumerable<Dictionary<string, object?>> Services() => (OperatingSystem.IsWindows() ? WindowsServices.All() : RecordedServices.All()).Select(service => new Dictionary<string, object?>
    {
        ["Name"] = service.Name, ["DisplayName"] = service.DisplayName, ["PathName"] = service.Command, ["ProcessId"] = (uint)service.ProcessId,
        ["State"] = service.Status switch
        {
            System.ServiceProcess.ServiceControllerStatus.StartPending => "Start Pending",
            System.ServiceProcess.ServiceControllerStatus.StopPending => "Stop Pending",
            var status => status.ToString(),
        },
        ["StartMode"] = service.StartType == System.ServiceProcess.ServiceStartMode.Automatic ? "Auto" : service.StartType.ToString(),
        ["Started"] = service.Status == System.ServiceProcess.ServiceControllerStatus.Running, ["Status"] = "OK", ["StartName"] = "LocalSystem",
    });
}
