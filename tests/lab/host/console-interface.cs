// Owns what a script shows: plain text on standard output, errors where the error writer puts them, and never a question.
using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace Lab;

public sealed class ConsoleInterface(ErrorWriter errors) : PSHostUserInterface
{
    private static readonly Exception noQuestions = new PSInvalidOperationException("Windows PowerShell is in NonInteractive mode. Read and Prompt functionality is not available.");

    public override PSHostRawUserInterface RawUI { get; } = new RawConsole();

    public override void Write(string value) => Console.Out.Write(GetOutputString(value, false));
    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Console.Out.Write(GetOutputString(value, false));
    public override void WriteLine(string value) => Console.Out.WriteLine(GetOutputString(value, false));
    public override void WriteErrorLine(string value) => errors.Line(value);
    public override void WriteDebugLine(string message) => Console.Out.WriteLine("DEBUG: " + message);
    public override void WriteVerboseLine(string message) => Console.Out.WriteLine("VERBOSE: " + message);
    public override void WriteWarningLine(string message) => Console.Out.WriteLine("WARNING: " + message);
    public override void WriteProgress(long sourceId, ProgressRecord record) => errors.Progress(sourceId, record);

    public override string ReadLine() => throw noQuestions;
    public override SecureString ReadLineAsSecureString() => throw noQuestions;
    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) => throw noQuestions;
    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice) => throw noQuestions;
    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) => throw noQuestions;
    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) => throw noQuestions;
}

/// No screen behind it: a width for formatting and nothing else.
public sealed class RawConsole : PSHostRawUserInterface
{
    public override ConsoleColor BackgroundColor { get; set; } = ConsoleColor.Black;
    public override ConsoleColor ForegroundColor { get; set; } = ConsoleColor.Gray;
    public override Size BufferSize { get; set; } = new(120, 3000);
    public override Coordinates CursorPosition { get; set; }
    public override int CursorSize { get; set; } = 25;
    public override bool KeyAvailable => false;
    public override Size MaxPhysicalWindowSize => new(120, 50);
    public override Size MaxWindowSize => new(120, 50);
    public override Coordinates WindowPosition { get; set; }
    public override Size WindowSize { get; set; } = new(120, 50);
    public override string WindowTitle { get; set; } = "Windows PowerShell";
    public override void FlushInputBuffer() { }
    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw new NotSupportedException("There is no screen.");
    public override KeyInfo ReadKey(ReadKeyOptions options) => throw new NotSupportedException("There is no keyboard.");
    public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) => throw new NotSupportedException("There is no screen.");
    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) => throw new NotSupportedException("There is no screen.");
    public override void SetBufferContents(Rectangle rectangle, BufferCell fill) => throw new NotSupportedException("There is no screen.");
}
