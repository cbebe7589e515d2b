package dev.roomcast.it;

import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.oauth2.sdk.TokenRequest;
import dev.roomcast.member.TokenMaker;
import dev.roomcast.model.ScriptedProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.text.ParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import no.nav.security.mock.oauth2.token.KeyProvider;
import no.nav.security.mock.oauth2.token.OAuth2TokenProvider;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.RsaJsonWebKey;

/** An OpenID Connect provider that runs as long as the tests. */
public final class IdentityProvider {

    /** How many answers of one model may be begun at once. */
    static final int BEGUN_AT_ONCE = 220;

    /** Nobody may ever see it. */
    public static final String SCRIPTED_KEY = "scripted-key-" + System.nanoTime();

    static final IdentityProvider RUNNING = new IdentityProvider();

    /** The provider of the model of that name. */
    static final ScriptedProvider SCRIPTED = scripted();

    /** The provider of the model of that name, which one test makes rest; no other may ask it. */
    static final ScriptedProvider FRAGILE = scripted();

    /** For how long a model rests that failed too often. */
    public static final int REST_MS = 5_000;

    private static final String ISSUER = "house"; // it names its keys by it, too
    private static final String AUDIENCE = "roomcast";

    private final RsaJsonWebKey key = TokenMaker.rsa(ISSUER);
    private final MockOAuth2Server server;
    private volatile long lifetime = 3600;

    private static ScriptedProvider scripted() {
        try {
            return new ScriptedProvider();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private IdentityProvider() {
        try {
            var keys = new KeyProvider(List.of(RSAKey.parse(key.toJson(OutputControlLevel.INCLUDE_PRIVATE))));
            // People type who they are. A refresh token is good for one use.
            var config = new OAuth2Config(
                    true, null, null, true, new OAuth2TokenProvider(keys), Set.of(new Given(this::lifetime)));
            server = new MockOAuth2Server(config);
            server.start();
        } catch (ParseException e) {
            throw new AssertionError(e);
        }
    }

    /** A token as it gives it. */
    public String token(String user, Map<String, Object> claims, long seconds) {
        return server.issueToken(ISSUER, user, AUDIENCE, claims, seconds).serialize();
    }

    /** For how many seconds the tokens are good that people get who sign in from now on. */
    void setLifetime(long seconds) {
        lifetime = seconds;
    }

    private long lifetime() {
        return lifetime;
    }

    /** Makes tokens with its own key, also such as it would never give. */
    public TokenMaker maker() {
        return new TokenMaker(server.issuerUrl(ISSUER).toString(), AUDIENCE, key);
    }

    /** The one that runs as long as the tests. */
    public static IdentityProvider running() {
        return RUNNING;
    }

    /** What a server must be told by its environment. */
    public static Map<String, String> environment() {
        return Map.of(
                "MP_JWT_VERIFY_PUBLICKEY_LOCATION",
                        RUNNING.server.jwksUrl(ISSUER).toString(),
                "MP_JWT_VERIFY_ISSUER", RUNNING.server.issuerUrl(ISSUER).toString(),
                "MP_JWT_VERIFY_AUDIENCES", AUDIENCE);
    }

    /** What the WAR must be told. */
    String settings() {
        return String.join(
                "\n",
                "config_ordinal=500",
                "roomcast.identity=oidc",
                "roomcast.origins=https://portal.example.com",
                "roomcast.page.frame-ancestors=https://portal.example.com",
                "mp.jwt.verify.publickey.location=" + server.jwksUrl(ISSUER),
                "mp.jwt.verify.issuer=" + server.issuerUrl(ISSUER),
                "mp.jwt.verify.audiences=" + AUDIENCE,
                "mp.jwt.verify.clock.skew=0",
                "roomcast.login.client-id=roomcast-page",
                "roomcast.limit.messages-per-second=5",
                "roomcast.limit.new-rooms-per-hour=20",
                "roomcast.limit.questions-per-minute=10",
                "roomcast.limit.connections-per-user=12",
                "roomcast.roles.reader=readers",
                "roomcast.roles.moderator=mods",
                "roomcast.rooms=board",
                "roomcast.rooms.board.member=group:staff",
                "roomcast.models=demo,quick,parrot,scripted,fragile",
                "roomcast.models.demo.shape=demo",
                "roomcast.models.quick.shape=demo",
                "roomcast.models.quick.role=fast",
                "roomcast.models.parrot.shape=langchain4j",
                "roomcast.models.scripted.url=" + SCRIPTED.url(),
                "roomcast.models.scripted.api-key=" + SCRIPTED_KEY,
                "roomcast.models.scripted.first-token-timeout=PT3M",
                "roomcast.models.scripted.stall-timeout=PT5S",
                "roomcast.models.fragile.url=" + FRAGILE.url(),
                "dev.roomcast.model.ProviderGate/open/CircuitBreaker/delay=" + REST_MS,
                "dev.roomcast.model.ProviderGate/open/Bulkhead/value=" + BEGUN_AT_ONCE);
    }

    /** The tokens of those who sign in by a page. */
    private static final class Given extends DefaultOAuth2TokenCallback {

        private final LongSupplier lifetime;

        Given(LongSupplier lifetime) {
            super(ISSUER, "nobody", "JWT", List.of(AUDIENCE), Map.of());
            this.lifetime = lifetime;
        }

        /** Not only at first, as by default: a renewed token must name the same party (OpenID Connect Core, section 12.2). */
        @Override
        public Map<String, Object> addClaims(TokenRequest request) {
            var claims = new HashMap<>(super.addClaims(request));
            claims.remove("azp");
            return claims;
        }

        @Override
        public long tokenExpiry() {
            return lifetime.getAsLong();
        }
    }
}
