// Owns the --gate51 mode: files in, one JSON array of offences out.
namespace Lab.Gate;

public static class GateMode
{
    public static int Run(string[] arguments) => throw new NotImplementedException(string.Join(' ', arguments));
}
