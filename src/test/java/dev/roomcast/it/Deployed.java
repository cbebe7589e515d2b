package dev.roomcast.it;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.roomcast.model.GateProbe;
import dev.roomcast.model.Parrot;
import dev.roomcast.model.ScriptedProvider;
import java.io.File;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.arquillian.test.spi.LifecycleMethodExecutor;
import org.jboss.arquillian.test.spi.TestRunnerAdaptor;
import org.jboss.arquillian.test.spi.TestRunnerAdaptorBuilder;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The built WAR on the server that the profile chose: {@code @ExtendWith(Deployed.class)}, then a parameter of type
 * {@link URI} is its address, with a slash at the end.
 *
 * <p>A parameter of type {@link WithTokens} is the same WAR once more, with an identity provider instead of the development identity,
 * and with five models, one of which is a LangChain4j bean, and two do what a test tells them.
 *
 * <p>Both deployed by Arquillian once for all tests of a run, where Arquillian's own extension would do it once per class.
 */
public final class Deployed implements BeforeAllCallback, ParameterResolver {

    @Override
    public void beforeAll(ExtensionContext context) {
        address(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == URI.class || type == WithTokens.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == URI.class ? address(context) : server(context).withTokens;
    }

    private static URI address(ExtensionContext context) {
        return server(context).address;
    }

    private static Server server(ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(Deployed.class))
                .getOrComputeIfAbsent(Server.class, key -> new Server(), Server.class);
    }

    /**
     * Where people are known by the tokens of {@code provider}, {@code model} is behind the model "scripted", and {@code fragile} behind the
     * model "fragile".
     */
    public record WithTokens(
            URI address, IdentityProvider provider, ScriptedProvider model, ScriptedProvider fragile) {}

    /** A run of the server, from the first test that needs it to the end of all tests. */
    private static final class Server implements CloseableResource {

        private final TestRunnerAdaptor arquillian = TestRunnerAdaptorBuilder.build();
        private final URI address;
        private final WithTokens withTokens;

        Server() {
            try {
                arquillian.beforeSuite();
                arquillian.beforeClass(War.class, LifecycleMethodExecutor.NO_OP);
                var war = new War();
                Method test = War.class.getDeclaredMethod("archive");
                arquillian.before(war, test, LifecycleMethodExecutor.NO_OP);
                address = local(war.address);
                withTokens = new WithTokens(
                        local(war.members),
                        IdentityProvider.RUNNING,
                        IdentityProvider.SCRIPTED,
                        IdentityProvider.FRAGILE);
                arquillian.after(war, test, LifecycleMethodExecutor.NO_OP);
            } catch (Exception e) {
                arquillian.shutdown();
                throw new IllegalStateException("The WAR could not be deployed", e);
            }
        }

        /** Payara names the machine's outer address, where the development identity does not answer. */
        private static URI local(URL address) throws URISyntaxException {
            return new URI("http://localhost:" + address.getPort() + address.getPath());
        }

        @Override
        public void close() throws Exception {
            try {
                arquillian.afterClass(War.class, LifecycleMethodExecutor.NO_OP);
                arquillian.afterSuite();
            } finally {
                arquillian.shutdown();
                forgotten().forEach(ProcessHandle::destroy);
            }
        }

        /** The adapter of Payara starts a server for each deployment, and stops only the last one. */
        private static Stream<ProcessHandle> forgotten() {
            String payara = System.getProperty("it.payara.jar");
            return ProcessHandle.current()
                    .children()
                    .filter(child -> child.info()
                            .arguments()
                            .map(List::of)
                            .orElse(List.of())
                            .contains(payara));
        }
    }

    /** What Arquillian takes for the test class. */
    static final class War {

        @ArquillianResource
        @OperateOnDeployment("rooms")
        private URL address;

        @ArquillianResource
        @OperateOnDeployment("members")
        private URL members;

        @Deployment(name = "rooms", testable = false)
        static WebArchive archive() {
            // A name of its own: the tests also prove that everything works under whatever context root a server gives.
            // Without limits, since tests are faster than people and come more often; those are the other one's.
            return Deployed.archive(
                    "rooms.war",
                    String.join(
                            "\n",
                            "config_ordinal=500",
                            "roomcast.limit.messages-per-second=0",
                            "roomcast.limit.new-rooms-per-hour=0",
                            "roomcast.limit.questions-per-minute=0",
                            "roomcast.limit.connections-per-user=0"));
        }

        @Deployment(name = "members", testable = false)
        static WebArchive withTokens() {
            return Deployed.archive("members.war", IdentityProvider.RUNNING.settings())
                    .addAsLibrary(ShrinkWrap.create(JavaArchive.class, "parrot.jar")
                            .addClass(Parrot.class)
                            .addAsManifestResource(EmptyAsset.INSTANCE, "beans.xml"))
                    .addAsLibrary(langChain4j());
        }

        private static File langChain4j() {
            try {
                return new File(StreamingChatModel.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI());
            } catch (URISyntaxException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /**
     * The built WAR under this name.
     *
     * @param settings beside the WAR's own, and stronger than those that the server gets from the environment
     */
    static WebArchive archive(String name, String settings) {
        var stronger = ShrinkWrap.create(JavaArchive.class, "settings.jar")
                .addClass(GateProbe.class)
                .addAsManifestResource(new StringAsset(settings), "microprofile-config.properties");
        return ShrinkWrap.create(ZipImporter.class, name)
                .importFrom(new File(System.getProperty("roomcast.target"), "roomcast.war"))
                .as(WebArchive.class)
                .addAsLibrary(stronger);
    }
}
