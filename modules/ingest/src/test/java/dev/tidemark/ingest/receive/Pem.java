package dev.tidemark.ingest.receive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/** A certificate for 127.0.0.1 that signs itself, and its key, in files of their own. */
record Pem(Path certificate, Path key) {
  private static final String PASSWORD = "for tests only";

  static Pem in(Path directory) throws IOException, InterruptedException, GeneralSecurityException {
    Path store = directory.resolve("store.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                "otlp",
                "-dname",
                "CN=127.0.0.1",
                "-ext",
                "san=ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .start();
    try (InputStream said = keytool.getInputStream()) {
      said.readAllBytes();
    }
    if (keytool.waitFor() != 0) {
      throw new IOException("keytool made no certificate");
    }
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return new Pem(
        write(
            directory.resolve("cert.pem"), "CERTIFICATE", keys.getCertificate("otlp").getEncoded()),
        write(
            directory.resolve("key.pem"),
            "PRIVATE KEY",
            keys.getKey("otlp", PASSWORD.toCharArray()).getEncoded()));
  }

  private static Path write(Path file, String what, byte[] bytes) throws IOException {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    String end = "-----";
    return Files.writeString(
        file, end + "BEGIN " + what + end + "\n" + text + "\n" + end + "END " + what + end + "\n");
  }
}
