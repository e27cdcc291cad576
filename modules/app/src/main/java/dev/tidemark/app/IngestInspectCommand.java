package dev.tidemark.app;

import dev.tidemark.core.dialect.Normalizer;
import dev.tidemark.core.dialect.NormalizerSettings;
import dev.tidemark.core.redact.KeyedHash;
import dev.tidemark.ingest.Inspection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What one OTLP body would come to: the code that receives, without a broker. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    header = "Print what one OTLP body would come to; needs no broker.",
    description = {
      "",
      "Reads the body of one trace or log request, protobuf or JSON, gzip or not, and prints the",
      "runs it makes, and how much of it is left behind or redacted. Nothing that was said is shown.",
      "",
      "  tidemark ingest inspect body.pb",
      "  curl -s http://collector/last-body | tidemark ingest inspect - -o json",
      ""
    })
final class IngestInspectCommand implements Callable<Integer> {
  private static final int KEY_BYTES = 32;
  private final Console console;
  @Mixin private OutputOption output;

  @Parameters(paramLabel = "FILE", description = "File with the body, or - for the standard input.")
  private String file;

  @Option(
      names = "--price-book",
      paramLabel = "FILE",
      description = "What models cost, for calls whose cost nobody reported.")
  private Path priceBook;

  IngestInspectCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    NormalizerSettings settings = NormalizerSettings.standard().withArguments(passingKey());
    if (priceBook != null) {
      settings = settings.withPrices(PriceBookFile.read(priceBook));
    }
    byte[] body = body();
    Inspection inspection;
    try {
      inspection = Inspection.of(body, Normalizer.of(settings));
    } catch (IOException e) {
      console.say("tidemark: " + file + ": " + Console.safe(e.getMessage()));
      return ExitCode.FOUND;
    }
    if (inspection.spans().isEmpty() && inspection.rejected() == 0) {
      boolean events = !inspection.events().isEmpty();
      console.say(
          "tidemark: " + file + (events ? " holds events and no spans" : " holds nothing to read"));
    }
    new InspectionText(console, inspection).print(output.format());
    return ExitCode.OK;
  }

  /** Tells equal arguments apart from others in this process, and is forgotten with it. */
  private static KeyedHash passingKey() {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return KeyedHash.of(key);
  }

  private byte[] body() {
    try {
      return file.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(Path.of(file));
    } catch (NoSuchFileException e) {
      throw Failure.usage(Path.of(file).toAbsolutePath() + " does not exist: check the path");
    } catch (IOException | UncheckedIOException e) {
      throw Failure.usage(Path.of(file).toAbsolutePath() + " cannot be read: name a readable file");
    }
  }
}
