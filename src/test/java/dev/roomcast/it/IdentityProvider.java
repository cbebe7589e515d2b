package dev.roomcast.it;

import com.nimbusds.jose.jwk.RSAKey;
import dev.roomcast.member.TokenMaker;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;
import no.nav.security.mock.oauth2.token.KeyProvider;
import no.nav.security.mock.oauth2.token.OAuth2TokenProvider;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.RsaJsonWebKey;

/** An OpenID Connect provider that runs as long as the tests. */
public final class IdentityProvider {

    static final IdentityProvider RUNNING = new IdentityProvider();

    private static final String ISSUER = "house"; // it names its keys by it, too
    private static final String AUDIENCE = "roomcast";

    private final RsaJsonWebKey key = TokenMaker.rsa(ISSUER);
    private final MockOAuth2Server server;

    private IdentityProvider() {
        try {
            var keys = new KeyProvider(List.of(RSAKey.parse(key.toJson(OutputControlLevel.INCLUDE_PRIVATE))));
            server = new MockOAuth2Server(new OAuth2Config(false, null, null, false, new OAuth2TokenProvider(keys)));
            server.start();
        } catch (ParseException e) {
            throw new AssertionError(e);
        }
    }

    /** A token as it gives it. */
    public String token(String user, Map<String, Object> claims, long seconds) {
        return server.issueToken(ISSUER, user, AUDIENCE, claims, seconds).serialize();
    }

    /** Makes tokens with its own key, also such as it would never give. */
    public TokenMaker maker() {
        return new TokenMaker(server.issuerUrl(ISSUER).toString(), AUDIENCE, key);
    }

    /** What the WAR must be told. */
    String settings() {
        return String.join(
                "\n",
                "config_ordinal=500",
                "roomcast.identity=oidc",
                "roomcast.origins=https://portal.example.com",
                "mp.jwt.verify.publickey.location=" + server.jwksUrl(ISSUER),
                "mp.jwt.verify.issuer=" + server.issuerUrl(ISSUER),
                "mp.jwt.verify.audiences=" + AUDIENCE,
                "mp.jwt.verify.clock.skew=0",
                "roomcast.login.client-id=roomcast-page",
                "roomcast.limit.questions-per-minute=10",
                "roomcast.limit.connections-per-user=12",
                "roomcast.roles.reader=readers",
                "roomcast.roles.moderator=mods",
                "roomcast.rooms=board",
                "roomcast.rooms.board.member=group:staff");
    }
}
