// Owns ConvertFrom-Json as Windows PowerShell 5.1 has it: a list comes out as one object, ISO dates stay strings, 2 MB at most.
using System.Globalization;
using System.Management.Automation;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Lab.Devices;

[Cmdlet(VerbsData.ConvertFrom, "Json")]
public sealed partial class ConvertFromJson : LabCmdlet
{
    private const int longest = 2_097_152;
    private readonly List<string> lines = [];

    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true), AllowEmptyString] public string InputObject { get; set; } = "";

    protected override void ProcessRecord() => lines.Add(InputObject);

    protected override void EndProcessing()
    {
        if (lines.Count == 0 || lines.All(string.IsNullOrWhiteSpace)) return;
        // One line that is a whole document makes every line a document, as in 5.1.
        if (lines.Count > 1 && IsDocument(lines[0])) lines.ForEach(Emit);
        else Emit(string.Join("\r\n", lines));
    }

    private static bool IsDocument(string line)
    {
        try { using var _ = JsonDocument.Parse(line); return true; }
        catch (JsonException) { return false; }
    }

    private void Emit(string json)
    {
        if (json.Length > longest) Fail("Error during serialization or deserialization using the JSON JavaScriptSerializer. The length of the string exceeds the value set on the maxJsonLength property.", "JsonTooLong", ErrorCategory.InvalidArgument);
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 100 });
            WriteObject(Value(document.RootElement), enumerateCollection: false);
        }
        catch (JsonException problem)
        {
            ThrowTerminatingError(new ErrorRecord(new ArgumentException("Invalid JSON primitive: " + problem.Message), "System.ArgumentException", ErrorCategory.NotSpecified, null));
        }
    }

    private static object? Value(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Null: return null;
            case JsonValueKind.True: return true;
            case JsonValueKind.False: return false;
            case JsonValueKind.String: return Text(element.GetString()!);
            case JsonValueKind.Number: return Number(element.GetRawText());
            case JsonValueKind.Array: return element.EnumerateArray().Select(Value).ToArray();
            case JsonValueKind.Object:
                var made = new PSObject();
                foreach (var property in element.EnumerateObject())
                {
                    if (property.Name.Length == 0) throw new JsonException("a property without a name");
                    if (made.Properties[property.Name] is not null) throw new JsonException($"the property '{property.Name}' is there twice");
                    made.Properties.Add(new PSNoteProperty(property.Name, Value(property.Value)));
                }
                return made;
            default: throw new JsonException($"a {element.ValueKind}");
        }
    }

    private static object Text(string text) =>
        Moment().Match(text) is { Success: true } match
            ? DateTime.UnixEpoch.AddMilliseconds(long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))
            : text;

    private static object Number(string raw)
    {
        if (raw.IndexOfAny(['.', 'e', 'E']) < 0)
        {
            if (int.TryParse(raw, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var small)) return small;
            if (long.TryParse(raw, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var large)) return large;
        }
        if (raw.IndexOfAny(['e', 'E']) < 0 && decimal.TryParse(raw, NumberStyles.Number, CultureInfo.InvariantCulture, out var exact)) return exact;
        return double.Parse(raw, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"^/Date\((-?\d+)\)/$")] private static partial Regex Moment();
}
