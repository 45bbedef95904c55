// Owns reading a property as Select-, Sort-, Group- and Measure-Object name it: a name, a script block, or a hashtable with Name and Expression.
using System.Collections;
using System.Management.Automation;

namespace Lab.Cmdlets;

public sealed class PropertyReader
{
    private readonly string? name;
    private readonly ScriptBlock? script;

    public string Label { get; }
    public bool? Descending { get; }

    public PropertyReader(object? given)
    {
        var bare = given is PSObject wrapped ? wrapped.BaseObject : given;
        switch (bare)
        {
            case ScriptBlock block: script = block; Label = block.ToString().Trim(); break;
            case IDictionary table:
                object? label = null, expression = null;
                foreach (DictionaryEntry entry in table)
                {
                    var key = entry.Key.ToString()!.ToLowerInvariant();
                    var value = entry.Value is PSObject part ? part.BaseObject : entry.Value;
                    if (key is "n" or "name" or "l" or "label") label = value;
                    else if (key is "e" or "expression") expression = value;
                    else if (key == "descending") Descending = LanguagePrimitives.IsTrue(value);
                    else if (key == "ascending") Descending = !LanguagePrimitives.IsTrue(value);
                    else throw new ArgumentException($"The {key} key is not valid.");
                }
                script = expression as ScriptBlock;
                name = script is null ? expression?.ToString() : null;
                Label = label?.ToString() ?? name ?? script?.ToString() ?? throw new ArgumentException("The hashtable names no expression.");
                break;
            default: name = LanguagePrimitives.ConvertTo<string>(given); Label = name; break;
        }
    }

    public bool IsWildcard => script is null && WildcardPattern.ContainsWildcardCharacters(name);

    public IEnumerable<string> Matches(PSObject item)
    {
        var pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase);
        return item.Properties.Where(property => pattern.IsMatch(property.Name)).Select(property => property.Name);
    }

    /// False when the object has no such property, which is not the same as an empty one.
    public bool TryRead(PSObject item, out object? value)
    {
        if (script is not null)
        {
            var results = script.InvokeWithContext(null, [new PSVariable("_", item)], []);
            value = results.Count switch { 0 => null, 1 => results[0], _ => results.Select(one => (object)one).ToArray() };
            return true;
        }
        if (item.BaseObject is IDictionary table && table.Contains(name!)) { value = table[name!]; return true; }
        var property = item.Properties[name!];
        value = property?.Value;
        return property is not null;
    }
}
