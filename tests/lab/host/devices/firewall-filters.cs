// Owns the port and address filters of recorded firewall rules.
using System.Management.Automation;

namespace Lab.Devices;

public abstract class FirewallFilter : FirewallCmdlet
{
    [Parameter(Mandatory = true, ValueFromPipeline = true)] public PSObject AssociatedNetFirewallRule { get; set; } = new();

    protected override void ProcessRecord()
    {
        foreach (var rule in Named(RecordedFirewall.Read().Rules, "InstanceID", [NameOf(AssociatedNetFirewallRule)], rule => rule.Name))
        {
            var made = new PSObject();
            made.Properties.Add(new PSNoteProperty("InstanceID", rule.Name));
            foreach (var (name, value) in Fields(rule)) made.Properties.Add(new PSNoteProperty(name, value));
            WriteObject(made);
        }
    }

    protected abstract IEnumerable<(string, object?)> Fields(FirewallRule rule);

    /// One value comes as a string and several as an array, as from the real filters.
    protected static object Several(string[] values) => values.Length == 1 ? values[0] : values;
}

[Cmdlet(VerbsCommon.Get, "NetFirewallPortFilter")]
public sealed class GetNetFirewallPortFilter : FirewallFilter
{
    protected override IEnumerable<(string, object?)> Fields(FirewallRule rule) =>
        [("Protocol", rule.Protocol.ToUpperInvariant() is "TCP" or "UDP" ? rule.Protocol.ToUpperInvariant() : rule.Protocol), ("LocalPort", Several(rule.LocalPort)), ("RemotePort", "Any"), ("IcmpType", "Any")];
}

[Cmdlet(VerbsCommon.Get, "NetFirewallAddressFilter")]
public sealed class GetNetFirewallAddressFilter : FirewallFilter
{
    protected override IEnumerable<(string, object?)> Fields(FirewallRule rule) => [("LocalAddress", "Any"), ("RemoteAddress", Several(rule.RemoteAddress))];
}
