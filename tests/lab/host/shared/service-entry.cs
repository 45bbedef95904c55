// Owns what a service is here: the service manager of Windows (Wine), or recorded state on Linux, behind one shape.
using System.ServiceProcess;
using System.Text.Json.Nodes;

namespace Lab.Cmdlets;

public interface IServiceControl
{
    IReadOnlyList<ServiceEntry> All();
    void Start(string name);
    void Stop(string name);
    void SetStartType(string name, ServiceStartMode mode);
    void Create(string name, string displayName, string command, ServiceStartMode mode);

    static IServiceControl Here => OperatingSystem.IsWindows() ? new WindowsServices() : new RecordedServices();

    ServiceEntry? Find(string name) => All().FirstOrDefault(service => service.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}

/// What Get-Service answers with where there is no ServiceController: the same members under the same names.
public sealed class ServiceEntry
{
    public required string Name { get; init; }
    public string ServiceName => Name;
    public required string DisplayName { get; init; }
    public required ServiceControllerStatus Status { get; set; }
    public required ServiceStartMode StartType { get; init; }
    public string Command { get; init; } = "";
    public int ProcessId { get; init; }

    public void Refresh() => Status = IServiceControl.Here.Find(Name)?.Status ?? throw new InvalidOperationException($"Service {Name} was not found.");
    public void Start() { IServiceControl.Here.Start(Name); Refresh(); }
    public void Stop() { IServiceControl.Here.Stop(Name); Refresh(); }
    public void WaitForStatus(ServiceControllerStatus desired) => WaitForStatus(desired, TimeSpan.MaxValue);

    public void WaitForStatus(ServiceControllerStatus desired, TimeSpan timeout)
    {
        var since = DateTime.UtcNow;
        for (Refresh(); Status != desired; Refresh())
        {
            if (DateTime.UtcNow - since > timeout) throw new System.ServiceProcess.TimeoutException("Time out has expired and the operation has not been completed.");
            Thread.Sleep(100);
        }
    }

    public override string ToString() => Name;
}

/// services.json: { "<name>": { displayName, status, startType, command } }. A service with "refusesToStart" fails as real ones do.
public sealed class RecordedServices : IServiceControl
{
    private const string file = "services.json";

    public IReadOnlyList<ServiceEntry> All() =>
        (LabState.Read(file) as JsonObject ?? []).Select(pair => new ServiceEntry
        {
            Name = pair.Key,
            DisplayName = (string?)pair.Value!["displayName"] ?? pair.Key,
            Status = Enum.Parse<ServiceControllerStatus>((string?)pair.Value["status"] ?? "Stopped", ignoreCase: true),
            StartType = Enum.Parse<ServiceStartMode>((string?)pair.Value["startType"] ?? "Manual", ignoreCase: true),
            Command = (string?)pair.Value["command"] ?? "",
        }).ToList();

    public void Start(string name) => Edit(name, service =>
    {
        if ((bool?)service["refusesToStart"] == true || (string?)service["startType"] == "Disabled") throw new InvalidOperationException($"Cannot start service {name} on computer '.'.");
        service["status"] = "Running";
    });

    public void Stop(string name) => Edit(name, service => service["status"] = "Stopped");
    public void SetStartType(string name, ServiceStartMode mode) => Edit(name, service => service["startType"] = mode.ToString());

    public void Create(string name, string displayName, string command, ServiceStartMode mode) => LabState.Change(file, state =>
    {
        var all = state as JsonObject ?? [];
        if (all.ContainsKey(name)) throw new InvalidOperationException($"Service '{name} ({displayName})' cannot be created due to the following error: The specified service already exists");
        all[name] = new JsonObject { ["displayName"] = displayName, ["status"] = "Stopped", ["startType"] = mode.ToString(), ["command"] = command };
        return ((JsonNode)all, true);
    });

    private static void Edit(string name, Action<JsonObject> edit) => LabState.Change(file, state =>
    {
        var all = state as JsonObject ?? [];
        var key = all.Select(pair => pair.Key).FirstOrDefault(one => one.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? throw new InvalidOperationException($"Service {name} was not found.");
        edit((JsonObject)all[key]!);
        return ((JsonNode)all, true);
    });
}
