package dev.tidemark.ingest.receive;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A receiver with its ordinary limits in a JVM of its own, with a heap of 128 MiB. */
final class SmallReceiver implements AutoCloseable {
  static final int HEAP_MIB = 128;
  private final Process process;
  private final URI http;

  private SmallReceiver(Process process, URI http) {
    this.process = process;
    this.http = http;
  }

  /** Starts it; what it complains about goes to {@code log}. */
  static SmallReceiver start(Path log) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + HEAP_MIB + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SmallReceiver.class.getName())
            .redirectError(log.toFile())
            .start();
    var out = new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8);
    String address = new BufferedReader(out).readLine();
    if (address == null) {
      throw new IOException("the receiver did not start: " + Files.readString(log));
    }
    return new SmallReceiver(process, URI.create(address));
  }

  URI http() {
    return http;
  }

  /** The most memory that it ever had at once, as Linux tells it. */
  long mostResidentMib() throws IOException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    String line =
        Files.readAllLines(status).stream()
            .filter(one -> one.startsWith("VmHWM:"))
            .findFirst()
            .orElseThrow();
    return Long.parseLong(line.replaceAll("\\D", "")) / 1_024;
  }

  /** Ends it: it lives as long as its input is open. */
  @Override
  public void close() throws Exception {
    process.getOutputStream().close();
    if (!process.waitFor(5, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }

  /** The receiver itself: tells its address and serves until its input ends. */
  public static void main(String[] args) throws IOException {
    try (var receiver = OtlpReceiver.start(ReceiverConfig.loopback(), new Shelf())) {
      System.out.println(receiver.http());
      while (System.in.read() >= 0) {}
    }
  }
}
