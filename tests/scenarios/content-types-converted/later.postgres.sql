INSERT INTO auth_user (username) VALUES ('later');
INSERT INTO django_admin_log (object_id, object_repr, content_type_id, user_id) SELECT u.id::text, 'later', c.id, u.id FROM auth_user u, django_content_type c WHERE u.username = 'later' AND c.model = 'user';
INSERT INTO django_admin_log (object_id, object_repr, content_type_id, user_id) SELECT i.id::text, 'cup again', c.id, u.id FROM shop_item i, auth_user u, django_content_type c WHERE i.name = 'cup' AND u.username = 'ben' AND c.model = 'item';
INSERT INTO django_admin_log (object_id, object_repr, content_type_id, user_id) SELECT 'two', 'two again', c.id, u.id FROM auth_user u, django_content_type c WHERE u.username = 'ben' AND c.model = 'plain';
INSERT INTO django_content_type (app_label, model) VALUES ('new', 'app');
INSERT INTO taggit_taggeditem (object_id, content_type_id, tag) SELECT u.id, c.id, 'green' FROM auth_user u, django_content_type c WHERE u.username = 'later' AND c.model = 'user';
INSERT INTO taggit_taggeditem (object_id, content_type_id, tag) SELECT '6f9619ff-8b86-4d01-b42d-00cf4fc964ff', c.id, 'of a new app' FROM django_content_type c WHERE c.model = 'app';
