package dev.tidemark.app;

import dev.tidemark.app.demo.Demo;
import dev.tidemark.app.host.Laptop;
import dev.tidemark.app.host.Ports;
import dev.tidemark.app.rules.RuleSet;
import dev.tidemark.app.rules.RulesOption;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The whole of Tidemark on recorded agents, in one process. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    header = "Play recorded agents, find what drifted, and judge it.",
    description = {
      "",
      "Starts a broker, a registry, every role and the page in this process, and plays three",
      "pairs of versions: one with a guard added, one where nothing changes, one with a model",
      "upgrade. Ends with a verdict against what is known about the recordings.",
      "",
      "  tidemark demo                       stay up afterwards, until Ctrl-C",
      "  tidemark demo --once                exit 0 when the verdict is good, 3 when not",
      "  tidemark demo --once --speed max    as fast as this machine can",
      ""
    })
final class DemoCommand implements Callable<Integer> {
  private final Console console;
  @Mixin private RulesOption rulesFile;

  @Option(names = "--once", description = "End after the verdict.")
  private boolean once;

  @Option(
      names = "--speed",
      paramLabel = "FACTOR",
      defaultValue = "120x",
      converter = Speed.class,
      description = "Simulated time per real time, such as 60x, or max (default: 120x).")
  private double speed;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Decides every chance of the playing (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "7080",
      description = "Port of the page; 0 for any free one (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      defaultValue = ".tidemark/demo",
      description = "Scratch directory, emptied at the start (default: ${DEFAULT-VALUE}).")
  private Path directory;

  DemoCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    RuleSet rules = rulesFile.rules();
    Ports.requireFree("127.0.0.1", port, "--port");
    Path data = directory.resolve("data");
    try (FileChannel channel = open(directory);
        FileLock lock = lock(channel)) {
      Laptop.delete(data);
      console.say("tidemark: starting a broker, a registry and every role");
      try (Laptop laptop = Laptop.start(data, 0, 0, port, rules)) {
        Runtime.getRuntime().addShutdownHook(new Thread(laptop::close, "stop"));
        console.say("tidemark: page at " + laptop.page());
        boolean good = new Demo(console, laptop.cluster(), Laptop.PARTITIONS).play(seed, speed);
        if (!once) {
          console.say("");
          console.say("To ask it from another terminal:");
          laptop.environment().forEach(console::say);
          console.say("");
          console.say("tidemark: the page stays at " + laptop.page() + "; Ctrl-C stops it");
          throw laptop.roles().awaitEnd();
        }
        return good ? ExitCode.OK : ExitCode.FOUND;
      }
    }
  }

  private static FileChannel open(Path directory) {
    try {
      Files.createDirectories(directory);
      return FileChannel.open(
          directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw Failure.config(
          "--dir " + directory.toAbsolutePath() + " cannot be written: choose another one");
    }
  }

  private static FileLock lock(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return lock;
      }
    } catch (OverlappingFileLockException e) {
      throw inUse();
    }
    throw inUse();
  }

  private static Failure inUse() {
    return Failure.unreachable(
        "another demo runs in this directory: stop it or give --dir another one", null);
  }
}
