package dev.tidemark.embedded;

import dev.tidemark.embedded.EmbeddedException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * Ports of a broker, kept in its data directory so that clients find it again after a restart.
 *
 * @param broker port that clients connect to
 * @param controller port of the quorum of one; nobody else connects to it
 */
record BrokerPorts(int broker, int controller) {
  private static final String FILE = "ports.properties";

  /**
   * Ports for a start: the wanted one, else the kept one, else a free one.
   *
   * @param wanted port for clients, 0 for the kept or a free one
   * @throws EmbeddedException when the port for clients is taken
   */
  static BrokerPorts forStart(Path directory, int wanted) {
    Properties kept = read(directory.resolve(FILE));
    int broker = wanted != 0 ? wanted : port(kept, "broker");
    if (broker != 0 && !Ports.isFree(broker)) {
      throw Ports.inUse("broker", broker, null);
    }
    int controller = port(kept, "controller");
    BrokerPorts ports =
        new BrokerPorts(
            broker != 0 ? broker : Ports.free(),
            controller != 0 && controller != broker && Ports.isFree(controller)
                ? controller
                : Ports.free());
    return ports.broker == ports.controller ? forStart(directory, wanted) : ports;
  }

  /** Keeps the ports for the next start. */
  void keep(Path directory) {
    Path file = directory.resolve(FILE);
    String text = "broker=" + broker + "\ncontroller=" + controller + "\n";
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw unusable(file, e);
    }
  }

  private static Properties read(Path file) {
    var kept = new Properties();
    if (Files.exists(file)) {
      try (var in = Files.newBufferedReader(file)) {
        kept.load(in);
      } catch (IOException e) {
        throw unusable(file, e);
      }
    }
    return kept;
  }

  private static int port(Properties kept, String name) {
    String text = kept.getProperty(name, "0");
    return text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
  }

  private static EmbeddedException unusable(Path file, IOException cause) {
    return new EmbeddedException(
        Reason.DIRECTORY_UNUSABLE,
        "file " + file + " cannot be read or written: choose a directory that this user owns",
        cause);
  }
}
