// Owns ConvertTo-Json as Windows PowerShell 5.1 has it: depth 2, dates as \/Date(n)\/, enums as numbers, its own indentation.
using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using System.Text;

namespace Lab.Cmdlets;

[Cmdlet(VerbsData.ConvertTo, "Json")]
public sealed class ConvertToJson : LabCmdlet
{
    private readonly List<object?> inputs = [];

    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true), AllowNull] public object? InputObject { get; set; }
    [Parameter, ValidateRange(1, 100)] public int Depth { get; set; } = 2;
    [Parameter] public SwitchParameter Compress { get; set; }

    protected override void ProcessRecord() => inputs.Add(InputObject);

    protected override void EndProcessing()
    {
        if (inputs.Count == 0) return;
        var text = new StringBuilder();
        new JsonWriter(text, Depth, !Compress).Value(inputs.Count == 1 ? inputs[0] : inputs.ToArray(), 0);
        WriteObject(text.ToString());
    }
}

public sealed class JsonWriter(StringBuilder text, int depth, bool indented)
{
    public void Value(object? value, int level)
    {
        var wrapped = value as PSObject;
        var bare = wrapped is null ? value : wrapped.BaseObject;
        switch (bare)
        {
            case null or DBNull: text.Append("null"); return;
            case PSCustomObject: Members(wrapped!.Properties.Select(property => (property.Name, Read(property))), level, value); return;
        }
        // A plain value that carries note properties (a line of Get-Content does) becomes an object in 5.1.
        if (Plain(bare) is { } plain)
        {
            if (wrapped is not null && Extended(wrapped).ToList() is { Count: > 0 } notes && level <= depth)
                Members(notes.Prepend(("value", bare)), level, null);
            else text.Append(plain);
            return;
        }
        switch (bare)
        {
            case IDictionary pairs: Members(Pairs(pairs), level, value); return;
            case IEnumerable many: List(many, level, value); return;
            default: Members(Reflected(bare).Concat(wrapped is null ? [] : Extended(wrapped)), level, value); return;
        }
    }

    private static string? Plain(object bare) => bare switch
    {
        string text => Quote(text),
        char character => Quote(character.ToString()),
        bool flag => flag ? "true" : "false",
        DateTime moment => $"\"\\/Date({(moment.ToUniversalTime().Ticks - DateTime.UnixEpoch.Ticks) / 10000})\\/\"",
        DateTimeOffset moment => $"\"\\/Date({(moment.UtcTicks - DateTime.UnixEpoch.Ticks) / 10000})\\/\"",
        Guid or Uri => Quote(bare.ToString() ?? ""),
        Enum choice => choice.GetTypeCode() is TypeCode.Int64 or TypeCode.UInt64 ? Quote(choice.ToString()) : choice.ToString("D"),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        float number => number.ToString("R", CultureInfo.InvariantCulture),
        decimal number => number.ToString(CultureInfo.InvariantCulture),
        sbyte or byte or short or ushort or int or uint or long or ulong => ((IFormattable)bare).ToString(null, CultureInfo.InvariantCulture),
        _ => null,
    };

    private static IEnumerable<(string, object?)> Pairs(IDictionary pairs)
    {
        foreach (DictionaryEntry pair in pairs)
        {
            if ((pair.Key is PSObject key ? key.BaseObject : pair.Key) is not string name)
                throw new InvalidOperationException($"The type '{pairs.GetType().FullName}' is not supported for serialization or deserialization of a dictionary. Keys must be strings.");
            yield return (name, pair.Value);
        }
    }

    private static IEnumerable<(string, object?)> Reflected(object bare)
    {
        foreach (var field in bare.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public)) yield return (field.Name, field.GetValue(bare));
        foreach (var property in bare.GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public))
        {
            if (property.GetMethod is not { IsPublic: true } || property.GetIndexParameters().Length > 0) continue;
            object? value;
            try { value = property.GetValue(bare); }
            catch (TargetInvocationException) { value = null; }
            yield return (property.Name, value);
        }
    }

    /// The note properties somebody added to a .NET object.
    private static IEnumerable<(string, object?)> Extended(PSObject wrapped) =>
        wrapped.Properties.Where(property => property is PSNoteProperty && property.IsInstance).Select(property => (property.Name, Read(property)));

    private static object? Read(PSPropertyInfo property)
    {
        try { return property.Value; }
        catch (GetValueException) { return null; }
    }

    private void Members(IEnumerable<(string Name, object? Value)> members, int level, object? whole)
    {
        if (level > depth)
        {
            text.Append(Quote(whole is null ? "" : LanguagePrimitives.ConvertTo<string>(whole)));
            return;
        }
        text.Append('{');
        var first = true;
        foreach (var (name, value) in members)
        {
            if (!first) text.Append(',');
            first = false;
            Break(level + 1);
            text.Append(Quote(name)).Append(indented ? ":  " : ":");
            Value(value, level + 1);
        }
        Break(level);
        text.Append('}');
    }

    private void List(IEnumerable many, int level, object? whole)
    {
        if (level > depth)
        {
            text.Append(Quote(LanguagePrimitives.ConvertTo<string>(whole)));
            return;
        }
        text.Append('[');
        var first = true;
        foreach (var item in many)
        {
            if (!first) text.Append(',');
            first = false;
            Break(level + 1);
            Value(item, level + 1);
        }
        Break(level);
        text.Append(']');
    }

    private void Break(int level)
    {
        if (indented) text.Append("\r\n").Append(' ', level * 4);
    }

    private static string Quote(string plain)
    {
        var quoted = new StringBuilder("\"");
        foreach (var character in plain)
        {
            quoted.Append(character switch
            {
                '"' => "\\\"", '\\' => "\\\\", '\b' => "\\b", '\f' => "\\f", '\n' => "\\n", '\r' => "\\r", '\t' => "\\t",
                // The .NET Framework serializer behind 5.1 guards against HTML.
                '<' or '>' or '&' or '\'' or < ' ' or '\u0085' or '\u2028' or '\u2029' => $"\\u{(int)character:x4}",
                _ => character.ToString(),
            });
        }
        return quoted.Append('"').ToString();
    }
}
