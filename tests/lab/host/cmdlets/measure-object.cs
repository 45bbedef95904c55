// Owns Measure-Object.
using System.Management.Automation;

namespace Lab.Cmdlets;

[Cmdlet("Measure", "Object")]
public sealed class MeasureObject : LabCmdlet
{
    private readonly List<object?> values = [];

    [Parameter(ValueFromPipeline = true)] public PSObject? InputObject { get; set; }
    [Parameter(Position = 0)] public string[]? Property { get; set; }
    [Parameter] public SwitchParameter Sum { get; set; }
    [Parameter] public SwitchParameter Average { get; set; }
    [Parameter] public SwitchParameter Maximum { get; set; }
    [Parameter] public SwitchParameter Minimum { get; set; }

    protected override void ProcessRecord()
    {
        if (InputObject is null) return;
        if (Property is null) values.Add(InputObject);
        else if (Property.Length > 1) Unsupplied("Measure-Object over several properties");
        else if (new PropertyReader(Property[0]).TryRead(InputObject, out var value)) values.Add(value);
    }

    protected override void EndProcessing()
    {
        var wantsNumbers = Sum || Average;
        var numbers = wantsNumbers ? values.Select(value => LanguagePrimitives.ConvertTo<double>(value)).ToList() : [];
        var made = new PSObject();
        void Add(string name, object? value) => made.Properties.Add(new PSNoteProperty(name, value));
        Add("Count", values.Count);
        Add("Average", Average && numbers.Count > 0 ? numbers.Average() : null);
        Add("Sum", wantsNumbers && Sum ? numbers.Sum() : null);
        Add("Maximum", Maximum ? Extreme(1) : null);
        Add("Minimum", Minimum ? Extreme(-1) : null);
        Add("Property", Property?[0]);
        WriteObject(made);
    }

    private object? Extreme(int sign)
    {
        object? best = null;
        foreach (var value in values) if (best is null || LanguagePrimitives.Compare(value, best, ignoreCase: true) * sign > 0) best = value;
        return best is PSObject wrapped ? wrapped.BaseObject : best;
    }
}
