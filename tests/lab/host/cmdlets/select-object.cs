// Owns Select-Object.
using System.Collections;
using System.Management.Automation;

namespace Lab.Cmdlets;

[Cmdlet(VerbsCommon.Select, "Object")]
public sealed class SelectObject : LabCmdlet
{
    private readonly List<PSObject> items = [];

    [Parameter(ValueFromPipeline = true)] public PSObject? InputObject { get; set; }
    [Parameter(Position = 0)] public object[]? Property { get; set; }
    [Parameter] public string[] ExcludeProperty { get; set; } = [];
    [Parameter] public string? ExpandProperty { get; set; }
    [Parameter] public SwitchParameter Unique { get; set; }
    [Parameter, ValidateRange(0, int.MaxValue)] public int First { get; set; } = -1;
    [Parameter, ValidateRange(0, int.MaxValue)] public int Last { get; set; } = -1;
    [Parameter, ValidateRange(0, int.MaxValue)] public int Skip { get; set; }
    [Parameter, ValidateRange(0, int.MaxValue)] public int SkipLast { get; set; }
    [Parameter] public int[]? Index { get; set; }
    [Parameter] public SwitchParameter Wait { get; set; }

    protected override void ProcessRecord()
    {
        if (InputObject is not null) items.Add(InputObject);
    }

    protected override void EndProcessing()
    {
        var kept = Index is not null
            ? items.Where((_, position) => Index.Contains(position))
            : Last >= 0 && First < 0 ? items.SkipLast(Skip).TakeLast(Last) : Window();
        var seen = new List<PSObject>();
        foreach (var item in kept)
        {
            foreach (var shaped in Shape(item))
            {
                if (Unique && seen.Exists(known => Same(known, shaped))) continue;
                seen.Add(shaped);
                WriteObject(shaped);
            }
        }
    }

    private IEnumerable<PSObject> Window()
    {
        var rest = items.Skip(Skip).SkipLast(SkipLast).ToList();
        if (First < 0) return rest;
        if (Last < 0) return rest.Take(First);
        return rest.Take(First).Concat(rest.Skip(First).TakeLast(Last));
    }

    private IEnumerable<PSObject> Shape(PSObject item)
    {
        if (ExpandProperty is not null)
        {
            if (!new PropertyReader(ExpandProperty).TryRead(item, out var value))
            {
                WriteError(new ErrorRecord(new PSArgumentException($"Property \"{ExpandProperty}\" cannot be found."), "ExpandPropertyNotFound", ErrorCategory.InvalidArgument, item));
                yield break;
            }
            if (Bare(value) is IEnumerable many and not string and not IDictionary)
            {
                foreach (var part in many) if (part is not null) yield return PSObject.AsPSObject(part);
            }
            else if (value is not null) yield return PSObject.AsPSObject(value);
            yield break;
        }
        if (Property is null && ExcludeProperty.Length == 0)
        {
            yield return item;
            yield break;
        }
        var made = new PSObject();
        made.TypeNames.Insert(0, "Selected." + item.BaseObject.GetType().FullName);
        foreach (var reader in (Property ?? ["*"]).Select(given => new PropertyReader(given)))
        {
            foreach (var label in reader.IsWildcard ? reader.Matches(item).ToList() : [reader.Label])
            {
                if (ExcludeProperty.Any(pattern => WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase).IsMatch(label)) || made.Properties[label] is not null) continue;
                object? value;
                if (reader.IsWildcard) value = item.Properties[label].Value;
                else reader.TryRead(item, out value);
                made.Properties.Add(new PSNoteProperty(label, value));
            }
        }
        yield return made;
    }

    private static bool Same(PSObject one, PSObject other)
    {
        if (one.BaseObject is not PSCustomObject) return LanguagePrimitives.Equals(one, other, ignoreCase: false);
        var left = one.Properties.ToList();
        return left.Count == other.Properties.Count() && left.TrueForAll(property => other.Properties[property.Name] is { } twin && LanguagePrimitives.Equals(property.Value, twin.Value, ignoreCase: false));
    }
}
