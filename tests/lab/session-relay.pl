# Owns the end of an ssh session: the session is over when its program is, also while something detached still holds its streams.
# Wine hands standard output and error on to every process it starts, which Windows does not; so the program gets pipes of ours instead.
use strict;
use warnings;
use Errno qw(EINTR);
use Fcntl;
use IO::Select;
use POSIX qw(WNOHANG);

pipe(my $out, my $program_out) or die "pipe: $!";
pipe(my $errors, my $program_errors) or die "pipe: $!";
pipe(my $ended, my $end) or die "pipe: $!";
$SIG{CHLD} = sub { syswrite($end, 'x') };
my $program = fork();
die "fork: $!" unless defined $program;
if ($program == 0) {
    open(STDOUT, '>&', $program_out) or die "stdout: $!";
    open(STDERR, '>&', $program_errors) or die "stderr: $!";
    close $_ for $out, $errors, $program_out, $program_errors, $ended, $end;
    # The program must not outlive this relay, which sshd ends with the connection.
    exec('setpriv', '--pdeathsig', 'KILL', @ARGV) or die "exec: $!";
}
close $_ for $program_out, $program_errors;
# Standard input belongs to the program alone.
close STDIN;

my %target = (fileno($out) => \*STDOUT, fileno($errors) => \*STDERR);

# False at the end of the stream, and when there is nothing to read now.
sub pass_on {
    my ($source) = @_;
    my $read = sysread($source, my $piece, 65536);
    return !defined $read && $! == EINTR ? 1 : 0 unless $read;
    for (my $sent = 0; $sent < $read;) {
        my $written = syswrite($target{fileno($source)}, $piece, $read - $sent, $sent);
        if (defined $written) { $sent += $written }
        elsif ($! != EINTR) { exit 1 }
    }
    return 1;
}

my $all = IO::Select->new($out, $errors, $ended);
my $status;
while (!defined $status) {
    # Perl delivers a signal between two statements, so one that comes just before the wait would be slept through: hence the limit.
    for my $ready ($all->can_read(0.2)) {
        if ($ready == $ended) { sysread($ended, my $note, 16) }
        elsif (!pass_on($ready)) { $all->remove($ready) }
    }
    $status = $? if waitpid($program, WNOHANG) == $program;
}
for my $source ($out, $errors) {
    fcntl($source, F_SETFL, fcntl($source, F_GETFL, 0) | O_NONBLOCK);
    while (pass_on($source)) { }
}
exit($status & 127 ? 128 + ($status & 127) : $status >> 8);
