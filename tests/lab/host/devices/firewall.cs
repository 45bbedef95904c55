// Owns the cmdlets of firewall rules: recorded state (firewall.json), which the lab puts into force on its hosts by nftables. On Linux it stops nothing.
using System.Management.Automation;
using System.Text.RegularExpressions;

namespace Lab.Devices;

public enum FirewallDirection { Inbound = 1, Outbound = 2 }
public enum FirewallAction { NotConfigured = 0, Allow = 2, Block = 4 }
public enum FirewallEnabled { True = 1, False = 2 }
[Flags] public enum FirewallProfile { Any = 0, Domain = 1, Private = 2, Public = 4, NotApplicable = 0x7FFF }

public sealed class FirewallRule
{
    public string Name { get; set; } = "";
    public string InstanceID => Name;
    public string DisplayName { get; set; } = "";
    public string? Description { get; set; }
    public string? DisplayGroup => Group;
    public string? Group { get; set; }
    public FirewallEnabled Enabled { get; set; } = FirewallEnabled.True;
    public FirewallProfile Profile { get; set; }
    public FirewallDirection Direction { get; set; } = FirewallDirection.Inbound;
    public FirewallAction Action { get; set; } = FirewallAction.Allow;
    public string Protocol { get; set; } = "Any";
    public string[] LocalPort { get; set; } = ["Any"];
    public string[] RemoteAddress { get; set; } = ["Any"];

    /// What the real rule object shows; ports and addresses are only in its filters.
    public PSObject Shown()
    {
        var made = new PSObject();
        made.TypeNames.Insert(0, "Microsoft.Management.Infrastructure.CimInstance#root/standardcimv2/MSFT_NetFirewallRule");
        void Add(string name, object? value) => made.Properties.Add(new PSNoteProperty(name, value));
        Add("Name", Name); Add("InstanceID", InstanceID); Add("DisplayName", DisplayName); Add("Description", Description); Add("Group", Group); Add("DisplayGroup", DisplayGroup);
        Add("Enabled", Enabled); Add("Profile", Profile); Add("Direction", Direction); Add("Action", Action);
        return made;
    }
}

public abstract class FirewallCmdlet : LabCmdlet
{
    protected const string NotFound = "CmdletizationQuery_NotFound";

    /// Changes the record; on a lab host it returns when the change holds.
    protected T Change<T>(Func<RecordedFirewall, T> change)
    {
        try { return RecordedFirewall.Change(change); }
        catch (FirewallNotInForce problem) { Fail(problem.Message, "LabFirewall", ErrorCategory.InvalidResult); throw; }
    }

    protected IEnumerable<FirewallRule> Named(List<FirewallRule> rules, string property, string[] wanted, Func<FirewallRule, string> read)
    {
        foreach (var pattern in wanted)
        {
            var found = rules.Where(rule => WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase).IsMatch(read(rule))).ToList();
            if (found.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(pattern))
                WriteError(new ErrorRecord(new CimException($"No MSFT_NetFirewallRule objects found with property '{property}' equal to '{pattern}'.  Verify the value of the property and retry."), $"{NotFound}_{property}", ErrorCategory.ObjectNotFound, pattern));
            foreach (var rule in found) yield return rule;
        }
    }

    protected static string NameOf(PSObject rule) => rule.Properties["Name"]?.Value?.ToString() ?? throw new ArgumentException("That is no firewall rule.");
}

[Cmdlet(VerbsCommon.Get, "NetFirewallRule", DefaultParameterSetName = "All")]
public sealed class GetNetFirewallRule : FirewallCmdlet
{
    [Parameter(Position = 0, ParameterSetName = "Name", Mandatory = true), Alias("ID")] public string[] Name { get; set; } = [];
    [Parameter(ParameterSetName = "DisplayName", Mandatory = true)] public string[] DisplayName { get; set; } = [];
    [Parameter(ParameterSetName = "Group", Mandatory = true)] public string[] Group { get; set; } = [];
    [Parameter(ParameterSetName = "All")] public SwitchParameter All { get; set; }

    protected override void EndProcessing()
    {
        var rules = RecordedFirewall.Read().Rules;
        var found = ParameterSetName switch
        {
            "Name" => Named(rules, "InstanceID", Name, rule => rule.Name),
            "DisplayName" => Named(rules, "DisplayName", DisplayName, rule => rule.DisplayName),
            "Group" => Named(rules, "RuleGroup", Group, rule => rule.Group ?? ""),
            _ => rules,
        };
        foreach (var rule in found) WriteObject(rule.Shown());
    }
}

public abstract class FirewallWrite : FirewallCmdlet
{
    [Parameter] public FirewallDirection? Direction { get; set; }
    [Parameter] public FirewallAction? Action { get; set; }
    [Parameter] public FirewallEnabled? Enabled { get; set; }
    [Parameter] public FirewallProfile? Profile { get; set; }
    [Parameter] public string? Protocol { get; set; }
    [Parameter] public string[]? LocalPort { get; set; }
    [Parameter] public string[]? RemoteAddress { get; set; }
    [Parameter] public string? Description { get; set; }

    protected void Fill(FirewallRule rule)
    {
        rule.Direction = Direction ?? rule.Direction;
        rule.Action = Action ?? rule.Action;
        rule.Enabled = Enabled ?? rule.Enabled;
        rule.Profile = Profile ?? rule.Profile;
        rule.Protocol = Protocol ?? rule.Protocol;
        rule.LocalPort = LocalPort ?? rule.LocalPort;
        rule.RemoteAddress = RemoteAddress ?? rule.RemoteAddress;
        rule.Description = Description ?? rule.Description;
        if (!rule.LocalPort.SequenceEqual(["Any"]) && rule.Protocol.ToUpperInvariant() is not ("TCP" or "UDP" or "6" or "17"))
            Fail("The port is invalid: a LocalPort needs the Protocol TCP or UDP.", "Windows System Error 87", ErrorCategory.InvalidArgument);
        // What could not be put into force must not be recorded as if it held.
        if (rule.Protocol.ToUpperInvariant() is not ("TCP" or "UDP" or "6" or "17" or "ANY")) Unsupplied($"the firewall's protocol {rule.Protocol}");
        foreach (var port in rule.LocalPort.Where(port => !Regex.IsMatch(port, @"^(Any|\d{1,5}(-\d{1,5})?)$"))) Unsupplied($"the firewall's port {port}");
        foreach (var address in rule.RemoteAddress.Where(address => !Regex.IsMatch(address, @"^(Any|[0-9A-Fa-f:.]+([/-][0-9A-Fa-f:.]+)?)$"))) Unsupplied($"the firewall's address {address}");
    }
}

[Cmdlet(VerbsCommon.New, "NetFirewallRule")]
public sealed class NewNetFirewallRule : FirewallWrite
{
    [Parameter, Alias("ID")] public string? Name { get; set; }
    [Parameter(Mandatory = true)] public string DisplayName { get; set; } = "";
    [Parameter] public string? Group { get; set; }

    protected override void EndProcessing()
    {
        var rule = new FirewallRule { Name = Name ?? $"{{{Guid.NewGuid()}}}", DisplayName = DisplayName, Group = Group };
        Fill(rule);
        var added = Change(firewall =>
        {
            if (firewall.Rules.Exists(known => known.Name.Equals(rule.Name, StringComparison.OrdinalIgnoreCase))) return false;
            firewall.Rules.Add(rule);
            return true;
        });
        if (added) WriteObject(rule.Shown());
        else ThrowTerminatingError(new ErrorRecord(new CimException("Cannot create a file when that file already exists."), "Windows System Error 183", ErrorCategory.NotSpecified, rule.Name));
    }
}

public abstract class FirewallTarget : FirewallWrite
{
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = "Name"), Alias("ID")] public string[] Name { get; set; } = [];
    [Parameter(Mandatory = true, ParameterSetName = "InputObject", ValueFromPipeline = true)] public PSObject[] InputObject { get; set; } = [];

    protected IEnumerable<FirewallRule> Targets(List<FirewallRule> rules) =>
        Named(rules, "InstanceID", ParameterSetName == "Name" ? Name : InputObject.Select(NameOf).ToArray(), rule => rule.Name);
}

[Cmdlet(VerbsCommon.Set, "NetFirewallRule")]
public sealed class SetNetFirewallRule : FirewallTarget
{
    [Parameter] public string? NewDisplayName { get; set; }
    [Parameter] public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord()
    {
        var changed = Change(firewall =>
        {
            var targets = Targets(firewall.Rules).ToList();
            foreach (var rule in targets)
            {
                Fill(rule);
                rule.DisplayName = NewDisplayName ?? rule.DisplayName;
            }
            return targets;
        });
        if (PassThru) foreach (var rule in changed) WriteObject(rule.Shown());
    }
}

[Cmdlet(VerbsCommon.Remove, "NetFirewallRule")]
public sealed class RemoveNetFirewallRule : FirewallCmdlet
{
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = "Name"), Alias("ID")] public string[] Name { get; set; } = [];
    [Parameter(Mandatory = true, ParameterSetName = "InputObject", ValueFromPipeline = true)] public PSObject[] InputObject { get; set; } = [];

    protected override void ProcessRecord() => Change(firewall =>
    {
        foreach (var rule in Named(firewall.Rules, "InstanceID", ParameterSetName == "Name" ? Name : InputObject.Select(NameOf).ToArray(), rule => rule.Name).ToList()) firewall.Rules.Remove(rule);
        return true;
    });
}
