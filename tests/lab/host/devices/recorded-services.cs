// Owns services where there are none: PowerShell for Linux has no service cmdlets, so two of them work on recorded state (services.json).
using System.Management.Automation;
using System.ServiceProcess;
using System.Text.Json.Nodes;

namespace Lab.Devices;

/// services.json: { "<name>": { displayName, status, startType, command } }. A service with "refusesToStart" fails as real ones do.
public static class RecordedServices
{
    private const string file = "services.json";

    public static IReadOnlyList<ServiceEntry> All() => (LabState.Read(file) as JsonObject ?? []).Select(pair => new ServiceEntry(
        pair.Key,
        (string?)pair.Value!["displayName"] ?? pair.Key,
        Enum.Parse<ServiceControllerStatus>((string?)pair.Value["status"] ?? "Stopped", ignoreCase: true),
        Enum.Parse<ServiceStartMode>((string?)pair.Value["startType"] ?? "Manual", ignoreCase: true),
        (string?)pair.Value["command"] ?? "",
        0)).ToList();

    public static void Start(string name) => LabState.Change(file, state =>
    {
        var service = (JsonObject)state![name]!;
        if ((bool?)service["refusesToStart"] == true || (string?)service["startType"] == "Disabled") throw new InvalidOperationException($"Cannot start service {name} on computer '.'.");
        service["status"] = "Running";
        return (state, true);
    });
}

public abstract class ServiceCmdlet : LabCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true), Alias("ServiceName")] public string[] Name { get; set; } = ["*"];

    protected override void ProcessRecord()
    {
        var all = RecordedServices.All();
        foreach (var name in Name)
        {
            var found = all.Where(service => WildcardPattern.Get(name, WildcardOptions.IgnoreCase).IsMatch(service.Name)).OrderBy(service => service.Name, StringComparer.OrdinalIgnoreCase).ToList();
            if (found.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
                WriteError(new ErrorRecord(new InvalidOperationException($"Cannot find any service with service name '{name}'."), "NoServiceFoundForGivenName", ErrorCategory.ObjectNotFound, name));
            found.ForEach(Handle);
        }
    }

    protected abstract void Handle(ServiceEntry service);
}

[Cmdlet(VerbsCommon.Get, "Service")]
public sealed class GetService : ServiceCmdlet
{
    protected override void Handle(ServiceEntry service) => WriteObject(service);
}

[Cmdlet(VerbsLifecycle.Start, "Service")]
public sealed class StartService : ServiceCmdlet
{
    protected override void Handle(ServiceEntry service)
    {
        try { RecordedServices.Start(service.Name); }
        catch (InvalidOperationException problem)
        {
            WriteError(new ErrorRecord(new InvalidOperationException($"Service '{service.Name}' cannot be started due to the following error: {problem.Message}", problem), "CouldNotStartService", ErrorCategory.OpenError, service));
        }
    }
}
