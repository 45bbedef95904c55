// Owns the service cmdlets.
using System.Management.Automation;
using System.ServiceProcess;

namespace Microsoft.PowerShell.Commands
{
    /// The name scripts see in FullyQualifiedErrorId and may catch.
    public class ServiceCommandException(string message, Exception? inner = null) : SystemException(message, inner);
}

namespace Lab.Cmdlets
{
    using Microsoft.PowerShell.Commands;

    public abstract class ServiceCmdlet : LabCmdlet
    {
        protected static IServiceControl Services => IServiceControl.Here;

        protected IEnumerable<ServiceEntry> Named(string[] names)
        {
            var all = Services.All();
            foreach (var name in names)
            {
                var found = all.Where(service => WildcardPattern.Get(name, WildcardOptions.IgnoreCase).IsMatch(service.Name)).OrderBy(service => service.Name, StringComparer.OrdinalIgnoreCase).ToList();
                if (found.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
                    WriteError(new ErrorRecord(new ServiceCommandException($"Cannot find any service with service name '{name}'."), "NoServiceFoundForGivenName", ErrorCategory.ObjectNotFound, name));
                foreach (var service in found) yield return service;
            }
        }

        /// On Windows scripts get the ServiceController they would get there.
        protected static object Shown(ServiceEntry service) => OperatingSystem.IsWindows() ? new ServiceController(service.Name) : service;

        protected void Change(string name, string verb, Action change)
        {
            try { change(); }
            catch (Exception problem) { WriteError(new ErrorRecord(new ServiceCommandException($"Service '{name}' cannot be {verb} due to the following error: {problem.Message}", problem), "CouldNotChangeService", ErrorCategory.OpenError, name)); }
        }

        protected void Await(ServiceEntry service, ServiceControllerStatus desired)
        {
            var deadline = DateTime.UtcNow.AddSeconds(120);
            for (service.Refresh(); service.Status != desired; service.Refresh())
            {
                if (Stopping || DateTime.UtcNow > deadline) throw new System.TimeoutException($"the service stays {service.Status}");
                WriteWarning($"Waiting for service '{service.DisplayName} ({service.Name})' to be {desired}...");
                Thread.Sleep(500);
            }
        }
    }

    [Cmdlet(VerbsCommon.Get, "Service", DefaultParameterSetName = "Default")]
    public sealed class GetService : ServiceCmdlet
    {
        [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "Default"), Alias("ServiceName")] public string[] Name { get; set; } = ["*"];
        [Parameter(Mandatory = true, ParameterSetName = "DisplayName")] public string[] DisplayName { get; set; } = [];

        protected override void ProcessRecord()
        {
            if (ParameterSetName == "Default") foreach (var service in Named(Name)) WriteObject(Shown(service));
            else foreach (var service in Services.All().Where(one => DisplayName.Any(pattern => WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase).IsMatch(one.DisplayName)))) WriteObject(Shown(service));
        }
    }

    public abstract class ServiceAction : ServiceCmdlet
    {
        [Parameter(Position = 0, Mandatory = true, ParameterSetName = "Default", ValueFromPipelineByPropertyName = true), Alias("ServiceName")] public string[] Name { get; set; } = [];
        [Parameter(Mandatory = true, ParameterSetName = "InputObject", ValueFromPipeline = true)] public PSObject[]? InputObject { get; set; }
        [Parameter] public SwitchParameter PassThru { get; set; }

        protected IEnumerable<ServiceEntry> Targets => Named(InputObject?.Select(item => item.Properties["Name"]?.Value?.ToString() ?? "").ToArray() ?? Name);
    }

    [Cmdlet(VerbsLifecycle.Start, "Service", DefaultParameterSetName = "Default")]
    public sealed class StartService : ServiceAction
    {
        protected override void ProcessRecord()
        {
            foreach (var service in Targets.ToList())
            {
                Change(service.Name, "started", () =>
                {
                    if (service.Status != ServiceControllerStatus.Running) Services.Start(service.Name);
                    Await(service, ServiceControllerStatus.Running);
                    if (PassThru) WriteObject(Shown(service));
                });
            }
        }
    }

    [Cmdlet(VerbsLifecycle.Stop, "Service", DefaultParameterSetName = "Default")]
    public sealed class StopService : ServiceAction
    {
        [Parameter] public SwitchParameter Force { get; set; }
        [Parameter] public SwitchParameter NoWait { get; set; }

        protected override void ProcessRecord()
        {
            foreach (var service in Targets.ToList())
            {
                Change(service.Name, "stopped", () =>
                {
                    if (service.Status != ServiceControllerStatus.Stopped) Services.Stop(service.Name);
                    if (!NoWait) Await(service, ServiceControllerStatus.Stopped);
                    if (PassThru) WriteObject(Shown(service));
                });
            }
        }
    }

    [Cmdlet(VerbsCommon.Set, "Service")]
    public sealed class SetService : ServiceCmdlet
    {
        [Parameter(Position = 0, Mandatory = true), Alias("ServiceName", "SN")] public string Name { get; set; } = "";
        [Parameter] public ServiceStartMode? StartupType { get; set; }
        [Parameter, ValidateSet("Running", "Stopped", "Paused")] public string? Status { get; set; }
        [Parameter] public SwitchParameter PassThru { get; set; }

        protected override void EndProcessing()
        {
            foreach (var service in Named([Name]).ToList())
            {
                Change(service.Name, "configured", () =>
                {
                    if (Status == "Paused") throw new NotSupportedException("The lab does not supply paused services.");
                    if (StartupType is { } mode) Services.SetStartType(service.Name, mode);
                    if (Status == "Running" && service.Status != ServiceControllerStatus.Running) Services.Start(service.Name);
                    if (Status == "Stopped" && service.Status != ServiceControllerStatus.Stopped) Services.Stop(service.Name);
                    if (PassThru) WriteObject(Shown(service));
                });
            }
        }
    }

    [Cmdlet(VerbsCommon.New, "Service")]
    public sealed class NewService : ServiceCmdlet
    {
        [Parameter(Position = 0, Mandatory = true), Alias("ServiceName")] public string Name { get; set; } = "";
        [Parameter(Position = 1, Mandatory = true)] public string BinaryPathName { get; set; } = "";
        [Parameter] public string? DisplayName { get; set; }
        [Parameter] public string? Description { get; set; }
        [Parameter] public ServiceStartMode StartupType { get; set; } = ServiceStartMode.Automatic;

        protected override void EndProcessing() => Change(Name, "created", () =>
        {
            Services.Create(Name, DisplayName ?? Name, BinaryPathName, StartupType);
            WriteObject(Shown(Services.Find(Name)!));
        });
    }
}
