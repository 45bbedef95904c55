// Owns the firewall's profiles, as the active store would show them, and the only network of a lab host, which is a private one.
using System.Management.Automation;

namespace Lab.Devices;

public sealed class FirewallProfileState(string name)
{
    public string Name { get; set; } = name;
    public bool Enabled { get; set; } = true;
    public string DefaultInboundAction { get; set; } = "Block";
    public bool AllowInboundRules { get; set; } = true;
    public bool AllowLocalFirewallRules { get; set; } = true;

    public PSObject Shown()
    {
        var made = new PSObject();
        made.TypeNames.Insert(0, "Microsoft.Management.Infrastructure.CimInstance#root/standardcimv2/MSFT_NetFirewallProfile");
        made.Properties.Add(new PSNoteProperty("Name", Name));
        foreach (var (property, value) in new[] { ("Enabled", Enabled), ("AllowInboundRules", AllowInboundRules), ("AllowLocalFirewallRules", AllowLocalFirewallRules) })
            made.Properties.Add(new PSNoteProperty(property, value ? FirewallEnabled.True : FirewallEnabled.False));
        made.Properties.Add(new PSNoteProperty("DefaultInboundAction", Enum.Parse<FirewallAction>(DefaultInboundAction)));
        return made;
    }
}

[Cmdlet(VerbsCommon.Get, "NetFirewallProfile")]
public sealed class GetNetFirewallProfile : FirewallCmdlet
{
    [Parameter(Position = 0)] public string[] Name { get; set; } = ["*"];
    [Parameter, ValidateSet("ActiveStore", "PersistentStore")] public string? PolicyStore { get; set; }

    protected override void EndProcessing()
    {
        foreach (var profile in RecordedFirewall.Read().Profiles.Where(one => Name.Any(name => WildcardPattern.Get(name, WildcardOptions.IgnoreCase).IsMatch(one.Name)))) WriteObject(profile.Shown());
    }
}

[Cmdlet(VerbsCommon.Set, "NetFirewallProfile")]
public sealed class SetNetFirewallProfile : FirewallCmdlet
{
    [Parameter(Position = 0, Mandatory = true), ValidateSet("Domain", "Private", "Public")] public string[] Name { get; set; } = [];
    [Parameter] public FirewallEnabled? Enabled { get; set; }
    [Parameter] public FirewallEnabled? AllowInboundRules { get; set; }
    [Parameter] public FirewallEnabled? AllowLocalFirewallRules { get; set; }
    [Parameter, ValidateSet("Allow", "Block")] public string? DefaultInboundAction { get; set; }

    protected override void EndProcessing() => Change(firewall =>
    {
        foreach (var profile in firewall.Profiles.Where(one => Name.Contains(one.Name, StringComparer.OrdinalIgnoreCase)))
        {
            profile.Enabled = Enabled is null ? profile.Enabled : Enabled == FirewallEnabled.True;
            profile.AllowInboundRules = AllowInboundRules is null ? profile.AllowInboundRules : AllowInboundRules == FirewallEnabled.True;
            profile.AllowLocalFirewallRules = AllowLocalFirewallRules is null ? profile.AllowLocalFirewallRules : AllowLocalFirewallRules == FirewallEnabled.True;
            profile.DefaultInboundAction = DefaultInboundAction ?? profile.DefaultInboundAction;
        }
        return true;
    });
}

[Cmdlet(VerbsCommon.Get, "NetConnectionProfile")]
public sealed class GetNetConnectionProfile : LabCmdlet
{
    protected override void EndProcessing()
    {
        var made = new PSObject();
        made.Properties.Add(new PSNoteProperty("InterfaceAlias", "eth0"));
        made.Properties.Add(new PSNoteProperty("NetworkCategory", "Private"));
        WriteObject(made);
    }
}
