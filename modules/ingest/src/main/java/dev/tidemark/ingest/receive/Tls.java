package dev.tidemark.ingest.receive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * What a receiver shows to who connects: a certificate chain and its key, read from PEM files by
 * Kafka's own reader. Read once; a new certificate needs a restart.
 */
public final class Tls {
  private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};
  private final SSLContext context;

  private Tls(SSLContext context) {
    this.context = context;
  }

  /**
   * Reads a certificate chain, the receiver's own first, and its unencrypted PKCS #8 key.
   *
   * @throws IllegalArgumentException when either cannot be used, in one sentence
   */
  public static Tls of(Path certificate, Path key) {
    if (certificate == null || key == null) {
      throw new IllegalArgumentException(
          "TLS needs a certificate and its key: name both --otlp-tls-cert and --otlp-tls-key");
    }
    Map<String, Object> config = new HashMap<>();
    config.put(SslConfigs.SSL_PROTOCOL_CONFIG, VERSIONS[0]);
    config.put(SslConfigs.SSL_ENABLED_PROTOCOLS_CONFIG, List.of(VERSIONS));
    config.put(SslConfigs.SSL_CIPHER_SUITES_CONFIG, List.of());
    config.put(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, "PEM");
    config.put(
        SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG, read("--otlp-tls-cert", certificate));
    config.put(SslConfigs.SSL_KEYSTORE_KEY_CONFIG, read("--otlp-tls-key", key));
    try (var files = new DefaultSslEngineFactory()) {
      files.configure(config);
      requirePair(files.keystore());
      return new Tls(files.sslContext());
    } catch (KafkaException | GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "--otlp-tls-cert "
              + certificate
              + " and --otlp-tls-key "
              + key
              + " cannot be used: give a PEM chain and the PKCS #8 key of its first certificate,"
              + " not encrypted",
          e);
    }
  }

  /** Whether the certificate is that of the key: a client would be the first to notice. */
  private static void requirePair(KeyStore store) throws GeneralSecurityException {
    String alias = Collections.list(store.aliases()).get(0);
    PrivateKey key = (PrivateKey) store.getKey(alias, null);
    String kind = key.getAlgorithm();
    String algorithm =
        switch (kind) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> kind;
        };
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(key);
    byte[] signed = signature.sign();
    signature.initVerify(store.getCertificate(alias));
    if (!signature.verify(signed)) {
      throw new KeyStoreException("the key is not that of the certificate");
    }
  }

  private static Password read(String option, Path file) {
    try {
      return new Password(Files.readString(file));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          option + " " + file + " cannot be read: check the file and who may read it", e);
    }
  }

  /** For connections that speak one protocol, as ALPN calls it. */
  SslContextFactory.Server speaking(String protocol) {
    var factory =
        new SslContextFactory.Server() {
          @Override
          public void customize(SSLEngine engine) {
            super.customize(engine);
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {protocol});
            engine.setSSLParameters(parameters);
          }
        };
    factory.setSslContext(context);
    factory.setIncludeProtocols(VERSIONS);
    return factory;
  }
}
