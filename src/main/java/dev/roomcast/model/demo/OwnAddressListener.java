package dev.roomcast.model.demo;

import jakarta.inject.Inject;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.annotation.WebListener;

/** Tells {@link OwnAddress} of every request. A listener, since it sees those, too, that a filter turns away. */
@WebListener
public class OwnAddressListener implements ServletRequestListener {

    @Inject
    private OwnAddress address;

    @Override
    public void requestInitialized(ServletRequestEvent event) {
        address.learn(event.getServletRequest());
    }
}
