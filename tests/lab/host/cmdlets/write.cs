// Owns the Write- cmdlets: the streams a script speaks on.
using System.Collections;
using System.Management.Automation;
using Microsoft.PowerShell.Commands;

namespace Microsoft.PowerShell.Commands
{
    /// The name scripts see in FullyQualifiedErrorId and may catch.
    public class WriteErrorException(string message) : SystemException(message);
}

namespace Lab.Cmdlets
{
    [Cmdlet(VerbsCommunications.Write, "Output")]
    public sealed class WriteOutput : LabCmdlet
    {
        [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromRemainingArguments = true)]
        [AllowNull, AllowEmptyCollection]
        public PSObject?[]? InputObject { get; set; }
        [Parameter] public SwitchParameter NoEnumerate { get; set; }

        protected override void ProcessRecord()
        {
            if (InputObject is null) { WriteObject(null); return; }
            if (NoEnumerate) { WriteObject(InputObject.Length == 1 ? InputObject[0] : InputObject, false); return; }
            foreach (var item in InputObject) WriteObject(item, true);
        }
    }

    [Cmdlet(VerbsCommunications.Write, "Host")]
    public sealed class WriteHost : LabCmdlet
    {
        [Parameter(Position = 0, ValueFromRemainingArguments = true, ValueFromPipeline = true)] public object? Object { get; set; }
        [Parameter] public SwitchParameter NoNewline { get; set; }
        [Parameter] public object Separator { get; set; } = " ";
        [Parameter] public ConsoleColor ForegroundColor { get; set; } = ConsoleColor.Gray;
        [Parameter] public ConsoleColor BackgroundColor { get; set; } = ConsoleColor.Black;

        protected override void ProcessRecord() =>
            WriteInformation(new HostInformationMessage { Message = Text(Object), NoNewLine = NoNewline }, ["PSHOST"]);

        private string Text(object? value) => Bare(value) switch
        {
            null => "",
            string text => text,
            IEnumerable many => string.Join(LanguagePrimitives.ConvertTo<string>(Separator), many.Cast<object?>().Select(Text)),
            _ => LanguagePrimitives.ConvertTo<string>(value),
        };
    }

    public abstract class WriteMessage : LabCmdlet
    {
        [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true), AllowEmptyString, Alias("Msg")] public string Message { get; set; } = "";
    }

    [Cmdlet(VerbsCommunications.Write, "Verbose")]
    public sealed class WriteVerboseCmdlet : WriteMessage { protected override void ProcessRecord() => WriteVerbose(Message); }

    [Cmdlet(VerbsCommunications.Write, "Warning")]
    public sealed class WriteWarningCmdlet : WriteMessage { protected override void ProcessRecord() => WriteWarning(Message); }

    [Cmdlet(VerbsCommunications.Write, "Debug")]
    public sealed class WriteDebugCmdlet : WriteMessage { protected override void ProcessRecord() => WriteDebug(Message); }

    [Cmdlet(VerbsCommunications.Write, "Information")]
    public sealed class WriteInformationCmdlet : LabCmdlet
    {
        [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true), Alias("Msg", "Message"), AllowNull] public object? MessageData { get; set; }
        [Parameter(Position = 1)] public string[] Tags { get; set; } = [];

        protected override void ProcessRecord() => WriteInformation(MessageData, Tags);
    }

    [Cmdlet(VerbsCommunications.Write, "Error", DefaultParameterSetName = "NoException")]
    public sealed class WriteErrorCmdlet : LabCmdlet
    {
        [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ParameterSetName = "NoException"), Parameter(ParameterSetName = "WithException")]
        [AllowNull, AllowEmptyString, Alias("Msg")]
        public string? Message { get; set; }
        [Parameter(Mandatory = true, ParameterSetName = "WithException")] public Exception? Exception { get; set; }
        [Parameter(Mandatory = true, ParameterSetName = "ErrorRecord")] public ErrorRecord? ErrorRecord { get; set; }
        [Parameter(ParameterSetName = "NoException"), Parameter(ParameterSetName = "WithException")] public ErrorCategory Category { get; set; } = ErrorCategory.NotSpecified;
        [Parameter(ParameterSetName = "NoException"), Parameter(ParameterSetName = "WithException")] public string ErrorId { get; set; } = "";
        [Parameter(ParameterSetName = "NoException"), Parameter(ParameterSetName = "WithException")] public object? TargetObject { get; set; }
        [Parameter] public string RecommendedAction { get; set; } = "";
        [Parameter, Alias("Activity")] public string CategoryActivity { get; set; } = "";
        [Parameter, Alias("Reason")] public string CategoryReason { get; set; } = "";
        [Parameter, Alias("TargetName")] public string CategoryTargetName { get; set; } = "";
        [Parameter, Alias("TargetType")] public string CategoryTargetType { get; set; } = "";

        protected override void ProcessRecord()
        {
            var problem = Exception ?? new WriteErrorException(Message ?? "");
            var record = ErrorRecord is null
                ? new ErrorRecord(problem, ErrorId.Length > 0 ? ErrorId : problem.GetType().FullName, Category, TargetObject)
                : new ErrorRecord(ErrorRecord, null);
            if (Message is { Length: > 0 } text) record.ErrorDetails = new ErrorDetails(text);
            if (RecommendedAction.Length > 0) (record.ErrorDetails ??= new ErrorDetails(problem.Message)).RecommendedAction = RecommendedAction;
            if (CategoryActivity.Length > 0) record.CategoryInfo.Activity = CategoryActivity;
            else if (GetVariableValue("MyInvocation") is InvocationInfo { MyCommand: { } caller }) record.CategoryInfo.Activity = caller.Name;
            if (CategoryReason.Length > 0) record.CategoryInfo.Reason = CategoryReason;
            if (CategoryTargetName.Length > 0) record.CategoryInfo.TargetName = CategoryTargetName;
            if (CategoryTargetType.Length > 0) record.CategoryInfo.TargetType = CategoryTargetType;
            WriteError(record);
        }
    }

    [Cmdlet(VerbsCommunications.Write, "Progress")]
    public sealed class WriteProgressCmdlet : LabCmdlet
    {
        [Parameter(Position = 0, Mandatory = true)] public string Activity { get; set; } = "";
        [Parameter(Position = 1), ValidateNotNullOrEmpty] public string Status { get; set; } = "Processing";
        [Parameter(Position = 2)] public int Id { get; set; }
        [Parameter] public int PercentComplete { get; set; } = -1;
        [Parameter] public int SecondsRemaining { get; set; } = -1;
        [Parameter] public string? CurrentOperation { get; set; }
        [Parameter] public int ParentId { get; set; } = -1;
        [Parameter] public SwitchParameter Completed { get; set; }
        [Parameter] public int SourceId { get; set; }

        protected override void ProcessRecord() => WriteProgress(SourceId, new ProgressRecord(Id, Activity, Status)
        {
            PercentComplete = PercentComplete, SecondsRemaining = SecondsRemaining, CurrentOperation = CurrentOperation, ParentActivityId = ParentId,
            RecordType = Completed ? ProgressRecordType.Completed : ProgressRecordType.Processing,
        });

        private void WriteProgress(int source, ProgressRecord record)
        {
            if (source == 0) WriteProgress(record);
            else CommandRuntime.WriteProgress(source, record);
        }
    }
}
