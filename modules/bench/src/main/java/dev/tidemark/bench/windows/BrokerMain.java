package dev.tidemark.bench.windows;

import dev.tidemark.embedded.EmbeddedBroker;
import dev.tidemark.embedded.EmbeddedRegistry;
import java.nio.file.Path;

/** Broker and schema registry in a process of their own, so that their CPU can be told apart. */
public final class BrokerMain {
  private BrokerMain() {}

  /** Argument: data directory. Prints {@code ready <bootstrap> <registry>}. */
  public static void main(String[] args) {
    EmbeddedBroker broker = EmbeddedBroker.start(Path.of(args[0]));
    EmbeddedRegistry registry = EmbeddedRegistry.start(broker.bootstrapServers(), 0);
    Parent.watch(
        () -> {
          registry.close();
          broker.close();
        });
    System.out.println("ready " + broker.bootstrapServers() + " " + registry.url());
  }
}
