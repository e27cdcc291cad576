package dev.tidemark.app;

import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The {@code tidemark} command. */
@Command(
    name = "tidemark",
    mixinStandardHelpOptions = true,
    versionProvider = Tidemark.Version.class,
    header = "Watches fleets of LLM agents on Kafka.",
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "",
      "  tidemark demo          recorded agents, a drift and its alerts, nothing else needed",
      "  tidemark dev           a broker, a registry and every role on this machine",
      "  tidemark run           the roles, against your Kafka",
      ""
    },
    footer = {
      "",
      "Exit codes: 0 done, 1 failed, 2 wrong command line, 3 a check found a problem,",
      "69 unreachable or port in use, 77 denied, 78 set up wrongly, 130 interrupted."
    },
    subcommands = {
      DemoCommand.class,
      DevCommand.class,
      RunCommand.class,
      TopicsCommand.class,
      AlertsCommand.class,
      AnnotateCommand.class,
      StatesCommand.class,
      DoctorCommand.class,
      IngestCommand.class,
      RulesCommand.class,
      WindowsCommand.class,
      TraceCommand.class,
      AuditCommand.class,
      EraseCommand.class,
      FleetCommand.class,
      DescribeCommand.class
    })
public final class Tidemark implements Runnable {
  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Print stack traces and detailed logs.")
  private boolean debug;

  @Spec private CommandSpec spec;
  private final Console console;

  Tidemark(Console console) {
    this.console = console;
  }

  /** Entry point of the process. */
  public static void main(String[] args) {
    Logs.before(args);
    int code = commandLine(Console.system()).execute(args);
    System.exit(code);
  }

  /** The command line; commands print to {@code console}. */
  static CommandLine commandLine(Console console) {
    var root = new Tidemark(console);
    var line = new CommandLine(root, new Commands(console));
    line.setOut(writer(console.out()));
    line.setErr(writer(console.err()));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setAbbreviatedOptionsAllowed(false);
    line.setUsageHelpAutoWidth(console.interactive());
    line.setColorScheme(
        CommandLine.Help.defaultColorScheme(
            console.colour() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
    line.setParameterExceptionHandler(new WrongCommandLine());
    line.setExecutionExceptionHandler(
        (error, command, parsed) -> Failures.report(console, error, root.debug));
    return line;
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }

  @Override
  public void run() {
    spec.commandLine().usage(console.out());
  }

  /** The version of the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Tidemark.class.getPackage().getImplementationVersion();
      return new String[] {
        "tidemark " + (version == null ? "from source" : version),
        "Java " + System.getProperty("java.version") + ", " + System.getProperty("os.arch")
      };
    }
  }
}
