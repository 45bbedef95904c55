// Owns Get-Date, Start-Sleep, Get-Random, Get-Culture and Get-Host.
using System.Globalization;
using System.Management.Automation;

namespace Lab.Cmdlets;

[Cmdlet(VerbsCommon.Get, "Date")]
public sealed class GetDate : LabCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true)] public DateTime? Date { get; set; }
    [Parameter] public int? Year { get; set; }
    [Parameter] public int? Month { get; set; }
    [Parameter] public int? Day { get; set; }
    [Parameter] public int? Hour { get; set; }
    [Parameter] public int? Minute { get; set; }
    [Parameter] public int? Second { get; set; }
    [Parameter] public int? Millisecond { get; set; }
    [Parameter] public string? Format { get; set; }
    [Parameter] public string? UFormat { get; set; }

    protected override void ProcessRecord()
    {
        if (UFormat is not null) Unsupplied("Get-Date -UFormat");
        var given = Date ?? DateTime.Now;
        var moment = Year is null && Month is null && Day is null && Hour is null && Minute is null && Second is null && Millisecond is null
            ? given
            : new DateTime(Year ?? given.Year, Month ?? given.Month, Day ?? given.Day, Hour ?? given.Hour, Minute ?? given.Minute, Second ?? given.Second, Millisecond ?? given.Millisecond, given.Kind);
        if (Format is not null)
        {
            WriteObject(moment.ToString(Format, CultureInfo.CurrentCulture));
            return;
        }
        var wrapped = new PSObject(moment);
        // Real dates of Get-Date carry this note, which ConvertTo-Json of 5.1 then writes out.
        wrapped.Properties.Add(new PSNoteProperty("DisplayHint", 2));
        WriteObject(wrapped);
    }
}

[Cmdlet(VerbsLifecycle.Start, "Sleep", DefaultParameterSetName = "Seconds")]
public sealed class StartSleep : LabCmdlet
{
    private readonly CancellationTokenSource stop = new();

    [Parameter(Position = 0, Mandatory = true, ParameterSetName = "Seconds"), ValidateRange(0, int.MaxValue / 1000)] public int Seconds { get; set; }
    [Parameter(Mandatory = true, ParameterSetName = "Milliseconds"), ValidateRange(0, int.MaxValue)] public int Milliseconds { get; set; }

    protected override void ProcessRecord() => stop.Token.WaitHandle.WaitOne(ParameterSetName == "Seconds" ? Seconds * 1000 : Milliseconds);
    protected override void StopProcessing() => stop.Cancel();
}

[Cmdlet(VerbsCommon.Get, "Random")]
public sealed class GetRandom : LabCmdlet
{
    private readonly List<object> items = [];

    [Parameter(ValueFromPipeline = true, ParameterSetName = "List")] public object[]? InputObject { get; set; }
    [Parameter(ParameterSetName = "List")] public int Count { get; set; } = 1;
    [Parameter(ParameterSetName = "Number")] public int Minimum { get; set; }
    [Parameter(Position = 0, ParameterSetName = "Number")] public int Maximum { get; set; } = int.MaxValue;
    [Parameter] public int? SetSeed { get; set; }

    protected override void ProcessRecord() => items.AddRange(InputObject ?? []);

    protected override void EndProcessing()
    {
        var random = SetSeed is { } seed ? new Random(seed) : Random.Shared;
        if (InputObject is null) WriteObject(random.Next(Minimum, Maximum));
        else foreach (var item in items.OrderBy(_ => random.Next()).Take(Count)) WriteObject(item);
    }
}

[Cmdlet(VerbsCommon.Get, "Culture")]
public sealed class GetCulture : LabCmdlet { protected override void EndProcessing() => WriteObject(Host.CurrentCulture); }

[Cmdlet(VerbsCommon.Get, "UICulture")]
public sealed class GetUICulture : LabCmdlet { protected override void EndProcessing() => WriteObject(Host.CurrentUICulture); }

[Cmdlet(VerbsCommon.Get, "Host")]
public sealed class GetHost : LabCmdlet { protected override void EndProcessing() => WriteObject(Host); }
