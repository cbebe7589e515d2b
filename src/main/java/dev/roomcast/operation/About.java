package dev.roomcast.operation;

import dev.roomcast.member.Identity;
import dev.roomcast.model.LanguageModel;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
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
    private LanguageModel model;

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
        return Json.createObjectBuilder()
                .add("product", "Roomcast")
                .add("version", version)
                .add("identity", identity.name())
                .add("model", model.name())
                .add("limits", Json.createObjectBuilder().add("prompt", prompt).add("message", message))
                .build()
                .toString();
    }
}
