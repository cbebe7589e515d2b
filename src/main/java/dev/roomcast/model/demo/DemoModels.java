package dev.roomcast.model.demo;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code GET demo/v1/models}: there is one. */
@WebServlet("/demo/v1/models/*")
public class DemoModels extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final long CREATED = 1763769600; // 2025-11-22

    @Inject
    private transient DemoDoor door;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getPathInfo();
        if (!door.isOpenTo(request)) {
            DemoReply.refuse(response, 401, "Incorrect API key provided.", "invalid_api_key");
        } else if (path == null || path.equals("/")) {
            DemoReply.json(response, 200, DemoJson.models(CREATED));
        } else if (path.equals("/" + DemoJson.MODEL)) {
            DemoReply.json(response, 200, DemoJson.model(CREATED));
        } else {
            DemoReply.refuse(response, 404, "There is only the model 'demo'.", "model_not_found");
        }
    }
}
