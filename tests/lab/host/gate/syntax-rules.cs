// Owns the syntax that the engine accepts and Windows PowerShell 5.1 does not.
using System.Management.Automation.Language;
using System.Text.RegularExpressions;

namespace Lab.Gate;

public static partial class SyntaxRules
{
    private static readonly HashSet<string> newVariables = new(StringComparer.OrdinalIgnoreCase)
        { "IsWindows", "IsLinux", "IsMacOS", "IsCoreCLR", "PSStyle", "PSNativeCommandUseErrorActionPreference", "PSNativeCommandArgumentPassing", "EnabledExperimentalFeatures" };

    public static void Check(Parsed file, Findings found)
    {
        foreach (var node in file.Tree.FindAll(_ => true, true)) CheckNode(node, found);
        foreach (var token in file.Tokens) CheckToken(token, found);
    }

    private static void CheckNode(Ast node, Findings found)
    {
        void Refuse(string what) => found.Add(node.Extent, "syntax", $"{what} is not in Windows PowerShell 5.1.");
        switch (node)
        {
            case TernaryExpressionAst: Refuse("The ternary operator"); break;
            case PipelineChainAst: Refuse("The chain operator && or ||"); break;
            case PipelineAst { Background: true }: Refuse("The background operator &"); break;
            case BinaryExpressionAst { Operator: TokenKind.QuestionQuestion }: Refuse("The operator ??"); break;
            case AssignmentStatementAst { Operator: TokenKind.QuestionQuestionEquals }: Refuse("The operator ??="); break;
            case MemberExpressionAst { NullConditional: true }: Refuse("The operator ?."); break;
            case IndexExpressionAst { NullConditional: true }: Refuse("The operator ?[]"); break;
            case ScriptBlockAst { CleanBlock: { } clean }: found.Add(clean.Extent, "syntax", "The clean block is not in Windows PowerShell 5.1."); break;
            case BinaryExpressionAst { Operator: TokenKind.DotDot, Left: StringConstantExpressionAst }: Refuse("A range of characters"); break;
            case BinaryExpressionAst { Operator: TokenKind.Ireplace or TokenKind.Creplace, Right: ArrayLiteralAst { Elements: var parts } } when parts.Any(part => part is ScriptBlockExpressionAst): Refuse("A script block as the replacement of -replace"); break;
            case VariableExpressionAst variable when newVariables.Contains(variable.VariablePath.UserPath): found.Add(node.Extent, "variable", $"The variable ${variable.VariablePath.UserPath} is not in Windows PowerShell 5.1."); break;
            case FunctionMemberAst { IsConstructor: false } or PropertyMemberAst when node is PropertyMemberAst { InitialValue: null, PropertyAttributes: var marks } && marks.HasFlag((PropertyAttributes)0x20): Refuse("This class feature"); break;
            case UsingStatementAst { UsingStatementKind: UsingStatementKind.Command or UsingStatementKind.Type }: Refuse("This using statement"); break;
        }
    }

    private static void CheckToken(Token token, Findings found)
    {
        switch (token.Kind)
        {
            case TokenKind.Number when NewNumber().IsMatch(token.Text):
                found.Add(token.Extent, "syntax", $"The number {token.Text} is written in a way Windows PowerShell 5.1 does not know.");
                break;
            // An even number of backticks before it would quote the backtick itself.
            case TokenKind.StringExpandable or TokenKind.HereStringExpandable or TokenKind.Generic when NewEscape().IsMatch(token.Text):
                found.Add(token.Extent, "syntax", "The escapes `u{} and `e are not in Windows PowerShell 5.1.");
                break;
        }
        if (token is StringExpandableToken { NestedTokens: { } nested }) foreach (var inner in nested) CheckToken(inner, found);
    }

    /// 5.1 knows the suffixes l and d and the multipliers; the engine also y, uy, s, us, u, ul, n and 0b.
    [GeneratedRegex(@"^[+-]?(0b[01]+.*|0x[0-9a-f]+(u|s|us|ul|n|uy)(kb|mb|gb|tb|pb)?|[0-9.]+(e[+-]?\d+)?(y|uy|s|us|u|ul|n)(kb|mb|gb|tb|pb)?)$", RegexOptions.IgnoreCase)] private static partial Regex NewNumber();
    [GeneratedRegex(@"(?<!`)(``)*`(u\{|e)")] private static partial Regex NewEscape();
}
