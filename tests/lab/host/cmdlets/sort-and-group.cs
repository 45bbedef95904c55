// Owns Sort-Object and Group-Object.
using System.Collections;
using System.Collections.ObjectModel;
using System.Management.Automation;

namespace Lab.Cmdlets;

[Cmdlet("Sort", "Object")]
public sealed class SortObject : LabCmdlet
{
    private readonly List<PSObject> items = [];

    [Parameter(ValueFromPipeline = true)] public PSObject? InputObject { get; set; }
    [Parameter(Position = 0)] public object[]? Property { get; set; }
    [Parameter] public SwitchParameter Descending { get; set; }
    [Parameter] public SwitchParameter Unique { get; set; }
    [Parameter] public SwitchParameter CaseSensitive { get; set; }

    protected override void ProcessRecord()
    {
        if (InputObject is not null) items.Add(InputObject);
    }

    protected override void EndProcessing()
    {
        var readers = Property?.Select(given => new PropertyReader(given)).ToArray() ?? [];
        var keyed = items.Select(item => (Item: item, Keys: readers.Length == 0 ? [item] : readers.Select(reader => reader.TryRead(item, out var value) ? value : null).ToArray())).ToList();
        var comparer = Comparer<object?[]>.Create((left, right) => Compare(left, right, readers));
        object?[]? last = null;
        foreach (var (item, keys) in keyed.OrderBy(pair => pair.Keys, comparer))
        {
            if (Unique && last is not null && comparer.Compare(last, keys) == 0) continue;
            last = keys;
            WriteObject(item);
        }
    }

    private int Compare(object?[] left, object?[] right, PropertyReader[] readers)
    {
        for (var index = 0; index < left.Length; index++)
        {
            int order;
            try { order = LanguagePrimitives.Compare(left[index], right[index], !CaseSensitive); }
            catch (ArgumentException) { order = string.Compare(left[index]?.ToString(), right[index]?.ToString(), StringComparison.CurrentCultureIgnoreCase); }
            if (order == 0) continue;
            var descending = (readers.Length > 0 ? readers[index].Descending : null) ?? Descending;
            return descending ? -order : order;
        }
        return 0;
    }
}

/// What Group-Object answers with.
public sealed class GroupInfo(object?[] values, Collection<PSObject> group)
{
    public int Count => Group.Count;
    public string Name { get; } = string.Join(", ", values.Select(value => value is null ? "" : LanguagePrimitives.ConvertTo<string>(value)));
    public Collection<PSObject> Group { get; } = group;
    public ArrayList Values { get; } = new(values);
}

[Cmdlet("Group", "Object")]
public sealed class GroupObject : LabCmdlet
{
    private readonly List<PSObject> items = [];

    [Parameter(ValueFromPipeline = true)] public PSObject? InputObject { get; set; }
    [Parameter(Position = 0)] public object[]? Property { get; set; }
    [Parameter] public SwitchParameter NoElement { get; set; }
    [Parameter] public SwitchParameter AsHashTable { get; set; }
    [Parameter] public SwitchParameter AsString { get; set; }

    protected override void ProcessRecord()
    {
        if (InputObject is not null) items.Add(InputObject);
    }

    protected override void EndProcessing()
    {
        var readers = Property?.Select(given => new PropertyReader(given)).ToArray() ?? [];
        var groups = new List<GroupInfo>();
        foreach (var item in items)
        {
            var keys = readers.Length == 0 ? [item] : readers.Select(reader => reader.TryRead(item, out var value) ? value : null).ToArray();
            var known = groups.Find(group => group.Values.Cast<object?>().Zip(keys).All(pair => LanguagePrimitives.Equals(pair.First, pair.Second, ignoreCase: true)));
            if (known is null) groups.Add(new GroupInfo(keys, [item]));
            else known.Group.Add(item);
        }
        if (!AsHashTable)
        {
            WriteObject(groups, enumerateCollection: true);
            return;
        }
        var table = new Hashtable(StringComparer.OrdinalIgnoreCase);
        foreach (var group in groups) table[AsString || group.Values[0] is null ? group.Name : Bare(group.Values[0])!] = group.Group;
        WriteObject(table);
    }
}
