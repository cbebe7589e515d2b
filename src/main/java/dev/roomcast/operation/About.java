package dev.roomcast.operation;

import dev.roomcast.member.Identity;
import dev.roomcast.model.ModelRole;
import dev.roomcast.model.Models;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** {@code GET api/about}, open to all: what a page must know before anybody is let in. */
@RequestScoped
@Path("about")
public class About {

    @Inject
    private Identity identity;

    @Inject
    private Models models;

    @Inject
    private Login login;

    @Inject
    @ConfigProperty(name = "roomcast.version")
    private String version;

    @Inject
    @ConfigProperty(name = "roomcast.limit.prompt-length")
    private int prompt;

    @Inject
    @ConfigProperty(name = "roomcast.limit.message-length")
    private int message;

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public String about() {
        JsonObjectBuilder about = Json.createObjectBuilder()
                .add("product", "Roomcast")
                .add("version", version)
                .add("identity", identity.name())
                .add("model", models.named(null).name())
                .add("models", offered())
                .add("roles", roles())
                .add("limits", Json.createObjectBuilder().add("prompt", prompt).add("message", message));
        // With another identity nobody could come in by what they get there.
        if (identity.name().equals("oidc")) {
            login.told()
                    .ifPresent(told -> about.add(
                            "login",
                            Json.createObjectBuilder()
                                    .add("authority", told.authority())
                                    .add("clientId", told.clientId())
                                    .add("scope", told.scope())));
        }
        return about.build().toString();
    }

    private JsonArrayBuilder offered() {
        JsonArrayBuilder offered = Json.createArrayBuilder();
        for (Models.Entry entry : models.offered()) {
            JsonObjectBuilder model = Json.createObjectBuilder().add("name", entry.name());
            if (entry.role() != null) {
                model.add("role", entry.role().wire());
            }
            offered.add(model);
        }
        return offered;
    }

    private JsonObjectBuilder roles() {
        JsonObjectBuilder roles = Json.createObjectBuilder();
        for (ModelRole role : ModelRole.values()) {
            roles.add(role.wire(), models.in(role).name());
        }
        return roles;
    }
}
